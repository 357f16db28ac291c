import type { ChartLine, ChartView } from "../../board.ts";

type Unit = ChartView["unit"];

const suffixes: Readonly<Record<Unit, string>> = {
  percent: " %",
  seconds: " s",
  "requests/s": "/s",
  count: "",
  load: "",
};

/** A value with its unit, in three figures at most. */
export function valueText(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return "–";
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${Number(value.toFixed(digits))}${suffixes[unit]}`;
}

/** The last value of a line that was measured; null where none was. */
export function latestOf({ values }: ChartLine): number | null {
  return values.findLast((value) => value !== null) ?? null;
}

/** The alert whose line the last values are over, the highest of them; undefined when none is. */
export function crossed({
  lines,
  thresholds,
}: ChartView): ChartView["thresholds"][number] | undefined {
  const highest = Math.max(...lines.map((line) => latestOf(line) ?? -Infinity));
  return thresholds
    .toSorted((one, other) => other.value - one.value)
    .find(({ value }) => highest > value);
}

/** The top of the scale: every value and every threshold lies below it. Percent has its own. */
export function topOf({ unit, lines, thresholds }: ChartView): number {
  if (unit === "percent") return 100;
  const values = lines.flatMap((line) => line.values.map((value) => value ?? 0));
  const highest = Math.max(0, ...values, ...thresholds.map(({ value }) => value));
  return highest === 0 ? 1 : highest * 1.1;
}
