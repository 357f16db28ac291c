import {
  DefaultTokenResolver,
  Fn,
  StringConcat,
  TerraformStack,
  Testing,
  Token,
  Tokenization,
} from "cdktf";
import fc from "fast-check";

import { sparing } from "../../stacks/plain-data.ts";

const stack = new TerraformStack(Testing.app(), "stack");
const options = {
  scope: stack,
  preparing: false,
  resolver: new DefaultTokenResolver(new StringConcat()),
};

const own = Tokenization.resolve.bind(Tokenization);

/** What a resolution comes to: a value, or the words that refuse it. */
function outcome(resolve: typeof own, value: unknown): unknown {
  try {
    return { value: resolve(value, options) as unknown };
  } catch (error) {
    return { refused: String(error) };
  }
}

const reference = "${digitalocean_app.app.id}";

/** Everything by which CDKTF may say that something else belongs in its place. */
const tokens = [
  ...[
    Token.asString(Token.asAny(reference)),
    `urn:${Token.asString(Token.asAny(reference))}:${Token.asNumber(reference)}`,
  ],
  ...[Token.asNumber(reference), Token.asList(reference), Token.asNumberList(reference)],
  ...[Token.asStringMap(reference), Token.asNumberMap(reference), Token.asAnyMap(reference)],
  ...[Token.asAny(reference), Fn.join(",", Token.asList(reference)), Fn.rawString('"${a}"')],
  { [Token.asString(Token.asAny(reference))]: 1 },
  ["plain", ...Token.asList(reference)],
] as const;

/** What looks like a token, and is none; and what cannot be resolved at all. */
const strange = [
  ...["1e5", "sha256:12e4", "${aws_iam_user.api.name}", "%{if}", "TfToken[", "e", ""],
  ...[-1, 0.5, Number.NaN, -0, Number.MAX_VALUE, undefined, null, true],
  ...[new Date(0), () => "a function", stack, new Map([["a", 1]])],
  ...[Token.STRING_MAP_TOKEN_VALUE, Token.ANY_MAP_TOKEN_VALUE, Token.NUMBER_MAP_TOKEN_VALUE],
] as const;

const { data } = fc.letrec<{ data: unknown; leaf: unknown; list: unknown[]; group: object }>(
  (tie) => ({
    leaf: fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constantFrom(...tokens),
      fc.constantFrom(...strange),
    ),
    list: fc.array(tie("data"), { maxLength: 4 }),
    group: fc.dictionary(fc.string(), tie("data"), { maxKeys: 4 }),
    data: fc.oneof({ maxDepth: 4 }, tie("leaf"), tie("list"), tie("group")),
  }),
);

test.each([
  ["what stands for a token", tokens],
  ["what looks like one, or cannot be resolved", strange],
])("%s comes to what CDKTF makes of it: by itself, in a list, in a group", (_what, values) => {
  for (const value of values)
    for (const whole of [value, [value], { field: value }, [[{ field: ["plain", value] }]]])
      expect(outcome(sparing(own), whole)).toStrictEqual(outcome(own, whole));
});

test("any data comes to what CDKTF makes of it, and is refused in the same words", () => {
  fc.assert(
    fc.property(data, (value) => {
      expect(outcome(sparing(own), value)).toStrictEqual(outcome(own, value));
    }),
    { numRuns: 500 },
  );
});

test("what holds no token is not given to CDKTF", () => {
  const asked: unknown[] = [];
  const resolve = sparing((value: unknown) => {
    asked.push(value);
    return value;
  });

  resolve({ a: [1, "b", { c: null, d: reference }], e: [] }, options);
  expect(asked).toEqual([]);

  resolve({ a: Token.asNumber(reference), b: ["plain"] }, options);
  expect(asked).toHaveLength(1);
});
