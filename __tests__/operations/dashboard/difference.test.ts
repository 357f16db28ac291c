import { fieldDifferences } from "../../../operations/dashboard/difference.ts";

test("data that says the same has no difference, whatever the order of its names", () => {
  expect(fieldDifferences({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1 })).toEqual([]);
});

test("a field that differs is named by its path, with both values", () => {
  expect(
    fieldDifferences(
      { spec: { panels: { cpu: { max: 100 } } } },
      { spec: { panels: { cpu: { max: 1 } } } },
    ),
  ).toEqual([{ field: "spec.panels.cpu.max", expected: "100", found: "1" }]);
});

test("what was added to a document, or taken from it, is a difference", () => {
  expect(fieldDifferences({ panels: { a: { x: 1 } } }, { panels: { b: { x: 1 } } })).toEqual([
    { field: "panels.a", expected: '{"x":1}', found: "missing" },
    { field: "panels.b", expected: "missing", found: '{"x":1}' },
  ]);
  expect(fieldDifferences({ list: [1] }, { list: [1, 2] })).toEqual([
    { field: "list", expected: "[1]", found: "[1,2]" },
  ]);
});

test("what a server fills in and says nothing is no difference", () => {
  const filled = { a: 1, datasources: {}, variables: [], links: null, muted: false };

  expect(fieldDifferences({ a: 1, variables: [] }, filled)).toEqual([]);
  expect(fieldDifferences({ a: 1 }, { ...filled, links: [{ url: "x" }] })).toHaveLength(1);
});

test("what the server writes itself is not compared", () => {
  const standing = { a: 1, metadata: { name: "x" } };

  expect(fieldDifferences({ a: 1 }, standing, ["metadata"])).toEqual([]);
  expect(fieldDifferences({ a: 1 }, standing)).toHaveLength(1);
});

test("a long value is shown by its beginning", () => {
  const [difference] = fieldDifferences({ text: "x".repeat(200) }, { text: "" });

  expect(difference!.expected).toBe(`${"x".repeat(80)}…`);
});
