import { type Measured, holds, limited, median } from "../../scripts/bench/measured.ts";
import { rows } from "../../scripts/bench/rows.ts";
import { table } from "../../scripts/bench/table.ts";

const row = (measured: Partial<Measured>): Measured => ({
  ...{ what: "an install", unit: "MiB", now: 450, limit: { of: "before", most: 0.5 } },
  ...measured,
});

test.each<[what: string, measured: Partial<Measured>, kept: boolean | undefined]>([
  ["half of another commit", { before: 900 }, true],
  ["more than half of it", { before: 899 }, false],
  ["not compared with another commit", {}, undefined],
  ["a value as large as its limit", { limit: { of: "now", most: 450 } }, true],
  ["a value above its limit", { limit: { of: "now", most: 449 } }, false],
  [
    "a third more than Terraform alone",
    { reference: { what: "Terraform alone", value: 346 }, limit: { of: "reference", most: 1.3 } },
    false,
  ],
])("a row that is %s keeps its limit or not", (_, measured, kept) => {
  expect(holds(row(measured))).toBe(kept);
});

test("a ratio is to what is limited, not to whatever else was measured", () => {
  const reference = { what: "Terraform alone", value: 300 };

  expect(limited(row({ before: 900, reference }))).toBe(0.5);
  expect(limited(row({ before: 900, reference, limit: { of: "reference", most: 2 } }))).toBe(1.5);
});

test("the table says what was, what is, and what it is held against", () => {
  const reference = { what: "Terraform alone", value: 207 };
  const limit = { of: "reference", most: 1.3 } as const;
  const requests = row({ what: "requests", unit: "", now: 256, before: 317, reference, limit });

  expect(table([requests, row({ now: 4.25 })])).toBe(
    [
      "| what | before | now | ratio to before | held against | limit | holds |",
      "| --- | --- | --- | --- | --- | --- | --- |",
      "| requests | 317 | 256 | 0.81 | Terraform alone: 207, 1.24 of it | 1.3 of it | yes |",
      "| an install |  | 4.3 MiB |  |  | 0.5 of before | not measured |",
      "",
    ].join("\n"),
  );
});

test("the middle of some values is no outlier", () => {
  expect(median([3, 100, 1])).toBe(3);
});

test("rows are asked for by names of their own", () => {
  const names = rows.map(({ name }) => name);

  expect(new Set(names).size).toBe(names.length);
});
