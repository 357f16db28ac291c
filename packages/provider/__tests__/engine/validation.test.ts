import { validateConfig } from "../../src/engine/validation.ts";
import { UNKNOWN, type ObjectValue } from "../../src/values/value.ts";
import type { BlockSchema } from "../../src/schemas/index.ts";
import { numberBetween } from "../../src/engine/rules.ts";
import { optional } from "../support/probe.ts";

const block: BlockSchema = {
  attributes: { a: optional("string"), b: optional("string"), old: optional("string") },
  block_types: {
    rule: {
      nesting_mode: "set",
      block: { attributes: { port: optional("number") }, block_types: {} },
    },
  },
};
const behaviour = {
  values_validated: { "rule.port": numberBetween(1, 65535) },
  conflicts_with: { a: ["b"] },
  deprecated: { old: "Use a instead." },
  not_rehearsed: { b: "No stack uses it." },
  crashes_when_empty: ["rule"],
};
const problems = (config: ObjectValue) =>
  validateConfig(block, behaviour, { a: null, b: null, old: null, rule: [], ...config }).map(
    ({ severity, summary, detail, path }) => [severity, summary, detail, path],
  );

test("a wrong value is named with its position, as the SDK does, and addressed as Terraform does", () => {
  expect(problems({ rule: [{ port: 80 }, { port: 0 }] })).toEqual([
    [
      "ERROR",
      "expected rule.1.port to be in the range (1 - 65535), got 0",
      undefined,
      ["rule", "port"],
    ],
  ]);
});

test("a collection of too few items is refused in the SDK's words, and an absent one is not", () => {
  const tags = { attributes: { tags: optional(["set", "string"]) }, block_types: {} };
  const judged = (value: ObjectValue) => validateConfig(tags, { least_items: { tags: 1 } }, value);

  expect(judged({ tags: [] })).toMatchObject([
    {
      summary: "Not enough list items",
      detail: "Attribute tags requires 1 item minimum, but config has only 0 declared.",
    },
  ]);
  expect(judged({ tags: ["a"] })).toEqual([]);
  expect(judged({ tags: null })).toEqual([]);
  expect(judged({ tags: UNKNOWN })).toEqual([]);
});

test("what is not known yet is not judged", () => {
  expect(problems({ a: UNKNOWN, rule: [{ port: UNKNOWN }] })).toEqual([]);
});

test("what the rehearsal does not do is an error with its reason, and never ignored", () => {
  expect(problems({ b: "x" })).toEqual([
    ["ERROR", "The rehearsal does not do b", "No stack uses it.", ["b"]],
  ]);
});

test("arguments that may not stand together are refused", () => {
  expect(problems({ a: "x", b: "y" })).toContainEqual([
    "ERROR",
    "Conflicting configuration arguments",
    '"a": conflicts with b',
    ["a"],
  ]);
});

test("a deprecated argument is a warning in the provider's words", () => {
  expect(problems({ old: "x" })).toEqual([
    ["WARNING", "Argument is deprecated", "Use a instead.", ["old"]],
  ]);
});

test("an empty block on which the real program crashes is an error here", () => {
  expect(problems({ rule: [{ port: null }] }).map(([, summary]) => summary)).toEqual([
    "The real provider crashes on an empty block rule",
  ]);
});
