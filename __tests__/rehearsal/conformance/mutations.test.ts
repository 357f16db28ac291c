import type { Schema } from "../../../rehearsal/conformance/description.ts";
import { mutationsOf } from "../../../rehearsal/conformance/mutations.ts";

const tried = (schema: Schema, value: unknown) =>
  mutationsOf({ type: "object", properties: { it: schema } }, { it: value })
    .filter(({ field }) => field !== "")
    .map(({ kind, value: put, isAllowed }) => [kind, put, isAllowed]);

test("a number is tried at its bounds, beyond them, and as no number", () => {
  expect(tried({ type: "integer", minimum: 1, maximum: 9 }, 5)).toEqual([
    ["of another type", "no", false],
    ["at the bound", 1, true],
    ["at the bound", 9, true],
    ["beyond the bound", 0, false],
    ["beyond the bound", 10, false],
    ["of another type", 1.5, false],
  ]);
});

test("every value of an enum is tried, and one that is none", () => {
  expect(tried({ type: "string", enum: ["a", "b"] }, "a")).toEqual([
    ["allowed value", "a", true],
    ["allowed value", "b", true],
    ["no such value", "no-such-value", false],
  ]);
});

test("a text is tried at its longest, too long, too short, and against its pattern", () => {
  expect(tried({ type: "string", minLength: 2, maxLength: 3 }, "ab").slice(1)).toEqual([
    ["too short", "a", false],
    ["too long", "aaaa", false],
    ["of the longest length", "aaa", true],
  ]);
  expect(tried({ type: "string", pattern: "^[a-z]+$" }, "ab").slice(1)).toEqual([
    ["against the pattern", "!", false],
  ]);
});

test("a required field is left out, a further one added, and what is read-only not touched", () => {
  const properties = {
    name: { type: "string" },
    more: { type: "boolean" },
    id: { type: "string", readOnly: true },
  };
  const all = mutationsOf({ type: "object", required: ["name"], properties }, { name: "a" });

  expect(all.map(({ field, kind, content }) => [field, kind, content])).toEqual([
    ["", "as it is", { name: "a" }],
    [".name", "left out", {}],
    [".name", "of another type", { name: { no: "text" } }],
    [".more", "added", { name: "a", more: true }],
  ]);
});

test("what is deep in a list is varied in its first entry, and the rest stays", () => {
  const schema: Schema = {
    type: "array",
    items: { type: "object", required: ["a"], properties: { a: { type: "boolean" } } },
  };
  const all = mutationsOf(schema, [{ a: true }, { a: false }]);

  expect(all.find(({ kind }) => kind === "left out")).toMatchObject({
    field: "[].a",
    content: [{}, { a: false }],
  });
});

test("fields of parts that a schema is composed of are tried, and of the alternative that fits", () => {
  const schema: Schema = {
    allOf: [{ type: "object", required: ["kind"], properties: { kind: { type: "string" } } }],
    anyOf: [
      { type: "object", required: ["x"], properties: { kind: {}, x: { type: "boolean" } } },
      { type: "object", required: ["y"], properties: { kind: {}, y: { type: "boolean" } } },
    ],
  };
  const fields = mutationsOf(schema, { kind: "second", y: true }).map(({ field }) => field);

  expect(new Set(fields)).toEqual(new Set(["", ".kind", ".y"]));
});
