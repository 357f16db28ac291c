import { type Values, differencesOf } from "../../../operations/plan/difference.ts";

const paths = (values: Values) => differencesOf(values).map(({ path }) => path);

test.each<[what: string, before: unknown, after: unknown, expected: string[]]>([
  ["nothing that changes", { size: "s", tags: [] }, { size: "s", tags: [] }, []],
  ["absent in two spellings", { size: null }, {}, []],
  ["an attribute", { size: "s" }, { size: "m" }, ["size"]],
  [
    "an attribute of a block",
    { spec: [{ region: "nyc" }] },
    { spec: [{ region: "ams" }] },
    ["spec.region"],
  ],
  ["a list of text, as one", { emails: ["a", "b"] }, { emails: ["b"] }, ["emails"]],
  [
    "elements by their key, whatever their order",
    {
      env: [
        { key: "A", value: "1" },
        { key: "B", value: "2" },
      ],
    },
    {
      env: [
        { key: "B", value: "3" },
        { key: "A", value: "1" },
      ],
    },
    ["env[B].value"],
  ],
  [
    "an element that came and one that went",
    {
      env: [
        { key: "A", value: "1" },
        { key: "C", value: "1" },
      ],
    },
    {
      env: [
        { key: "A", value: "1" },
        { key: "B", value: "2" },
      ],
    },
    ["env[C]", "env[B]"],
  ],
  ["a block that came", { autoscaling: [] }, { autoscaling: [{ min: 1 }] }, ["autoscaling"]],
  [
    "elements that nothing tells apart, by their place",
    { rule: [{ prefix: "/" }, { prefix: "/api" }] },
    { rule: [{ prefix: "/" }, { prefix: "/v2" }] },
    ["rule[1].prefix"],
  ],
  [
    "elements of which two have the same name, by their place",
    {
      env: [
        { key: "A", value: "1" },
        { key: "A", value: "2" },
      ],
    },
    {
      env: [
        { key: "A", value: "1" },
        { key: "A", value: "3" },
      ],
    },
    ["env[1].value"],
  ],
  [
    "the one spec of an app, which is no list of specs",
    { spec: [{ name: "old" }] },
    { spec: [{ name: "new" }] },
    ["spec.name"],
  ],
])("%s", (_, before, after, expected) => {
  expect(paths({ before, after })).toEqual(expected);
});

test("what is not known yet is a difference, even where the value is absent from the plan", () => {
  const [difference] = differencesOf({
    before: { updated_at: "yesterday" },
    after: {},
    after_unknown: { updated_at: true },
  });

  expect(difference).toMatchObject({ path: "updated_at", unknown: true, before: "yesterday" });
});

test("what comes, and is not known yet, is a difference too", () => {
  const values = { before: { id: null }, after: {}, after_unknown: { id: true } };

  expect(differencesOf(values)).toMatchObject([{ path: "id", unknown: true, after: undefined }]);
});

test.each<[what: string, marks: Partial<Values>]>([
  ["the state", { before_sensitive: { spec: [{ service: [{ token: true }] }] } }],
  ["the plan", { after_sensitive: { spec: [{ service: [{ token: true }] }] } }],
  ["a whole list in the plan", { after_sensitive: { spec: [{ service: true }] } }],
])("what is sensitive in %s is sensitive", (_, marks) => {
  const spec = (token: string) => ({ spec: [{ service: [{ name: "api", token }] }] });

  expect(differencesOf({ before: spec("a"), after: spec("b"), ...marks })).toMatchObject([
    { path: "spec.service[api].token", sensitive: true },
  ]);
});

test("marks follow an element to its place in the other list", () => {
  const before = {
    service: [
      { name: "edge", token: "a" },
      { name: "api", token: "b" },
    ],
  };
  const after = {
    service: [
      { name: "api", token: "c" },
      { name: "edge", token: "a" },
    ],
  };
  const before_sensitive = { service: [{}, { token: true }] };

  expect(differencesOf({ before, after, before_sensitive })).toMatchObject([
    { path: "service[api].token", sensitive: true },
  ]);
});
