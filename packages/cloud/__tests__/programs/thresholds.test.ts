import { countChecks } from "../../src/programs/thresholds.ts";

const verdicts = (thresholds: { success: number; failure: number }, checks: string) => {
  const count = countChecks(thresholds);
  return Array.from(checks, (check) => count(check === "+"));
};

test.each([
  ["+", ["passing"]],
  ["-+", [undefined, "passing"]],
  ["--", [undefined, "failing"]],
  ["+-+--+", ["passing", "passing", "passing", "passing", "failing", "passing"]],
])("with one good and two bad checks in a row as thresholds, %s is %j", (checks, expected) => {
  expect(verdicts({ success: 1, failure: 2 }, checks)).toEqual(expected);
});

test("good checks have to be in a row, too", () => {
  expect(verdicts({ success: 2, failure: 9 }, "+-++")).toEqual([
    undefined,
    undefined,
    undefined,
    "passing",
  ]);
});
