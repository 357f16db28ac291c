import {
  describeValue,
  renderFileFindings,
  valueAt,
} from "../../../environments/rules/findings.ts";

test("a finding names file, path, value, expectation and fix", () => {
  const finding = {
    file: "environments/production.ts",
    path: "cache.nodes",
    value: "1",
    expected: "two or more nodes",
    fix: "set cache.nodes: 2",
  };

  expect(renderFileFindings([finding])).toBe(
    [
      "environments/production.ts: cache.nodes is 1",
      "  expected  two or more nodes",
      "  fix       set cache.nodes: 2",
      "",
      "1 finding. Nothing was written.",
      "",
    ].join("\n"),
  );
});

test("long values are cut", () => {
  expect(describeValue("x".repeat(200))).toHaveLength(80);
});

test("a missing value, and one that cannot be written down, have words", () => {
  expect([undefined, () => 1].map(describeValue)).toEqual(["missing", "a function"]);
});

test("a path that leads nowhere has no value", () => {
  expect(valueAt({ a: { b: 1 } }, "a.b")).toBe(1);
  expect(valueAt({ a: { b: 1 } }, "a.b.c")).toBeUndefined();
  expect(valueAt({}, "constructor.name")).toBeUndefined();
});
