import fc from "fast-check";

import {
  matchesPattern,
  matchesTokens,
  patternTokens,
  variablesIn,
} from "../../src/wasabi/policy-pattern.ts";

/** The plainest definition of wildcard matching, exponential and obviously right. */
function reference(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  const rest = pattern.slice(1);
  if (pattern.startsWith("*")) {
    return reference(rest, text) || (text !== "" && reference(pattern, text.slice(1)));
  }
  return (
    text !== "" &&
    (pattern.startsWith("?") || text.startsWith(pattern.slice(0, 1))) &&
    reference(rest, text.slice(1))
  );
}

const letters = (alphabet: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet.split("")), maxLength });

test("wildcards match as their plain definition says", () => {
  fc.assert(
    fc.property(letters("ab*?", 8), letters("ab", 10), (pattern, text) => {
      expect(matchesPattern(pattern, text)).toBe(reference(pattern, text));
    }),
    { numRuns: 2000 },
  );
});

test("a text without wildcards matches itself alone", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (first, second) => {
      fc.pre(!/[*?]/.test(first));
      expect(matchesPattern(first, second)).toBe(first === second);
    }),
  );
});

test("a pattern of many stars is matched at all: nobody lives to see every way of matching it tried", () => {
  expect(matchesPattern("a*".repeat(50) + "b", "a".repeat(2000))).toBe(false);
});

test("a variable's value is literal text, so that a name gains nothing from a star in it", () => {
  const tokens = patternTokens("home/${aws:username}/*", () => "*");
  expect(tokens && matchesTokens(tokens, "home/*/file")).toBe(true);
  expect(tokens && matchesTokens(tokens, "home/eve/file")).toBe(false);
});

test("a variable without a value makes the pattern match nothing", () => {
  expect(patternTokens("home/${aws:username}/*", () => undefined)).toBeUndefined();
});

test("${*}, ${?} and ${$} stand for the characters themselves", () => {
  const tokens = patternTokens("a${*}b${?}c${$}", () => undefined);
  expect(tokens && matchesTokens(tokens, "a*b?c$")).toBe(true);
  expect(tokens && matchesTokens(tokens, "axbyc$")).toBe(false);
  expect(variablesIn("a${*}b${?}c${$}${aws:username}")).toEqual(["aws:username"]);
});
