import type { Comparison } from "../../../rehearsal/parity/compare.ts";
import { readRecord, withComparison } from "../../../rehearsal/parity/record.ts";
import { parityPage } from "../../../scripts/docs/parity.ts";

const comparison = (change: Partial<Comparison> = {}): Comparison => ({
  environment: "staging",
  suite: "cdktf",
  acts: ["deploy"],
  values: 10,
  changes: 3,
  differences: [],
  ...change,
});

const day = (date: string) => new Date(`${date}T12:00:00Z`);

test("a comparison takes the place of the last one of its environment and suite, and of no other", () => {
  const first = withComparison([], comparison(), day("2026-01-01"));
  const both = withComparison(first, comparison({ suite: "mam" }), day("2026-01-02"));
  const again = withComparison(both, comparison({ values: 11 }), day("2026-01-03"));

  expect(again.map(({ suite, values, on }) => [suite, values, on])).toEqual([
    ["cdktf", 11, "2026-01-03"],
    ["mam", 10, "2026-01-02"],
  ]);
});

test("the page says of a difference without a reason that the embedded provider is wrong", () => {
  const differences = [{ what: "POST /v2/apps: asked 1 times" }, { what: "x", why: "Because." }];
  const page = parityPage(withComparison([], comparison({ differences }), day("2026-01-01")));

  expect(page).toContain("| `POST /v2/apps: asked 1 times` | **no reason: a mistake");
  expect(page).toContain("| `x` | Because. |");
});

test("the last comparisons that are kept found no difference without a reason", () => {
  const open = readRecord().flatMap(({ environment, suite, differences }) =>
    differences
      .filter(({ why }) => why === undefined)
      .map(({ what }) => `${environment}, ${suite}: ${what}`),
  );

  expect(open).toEqual([]);
});
