import { type Measured, holds, limited } from "./measured.ts";

const columns = ["what", "before", "now", "ratio to before", "held against", "limit", "holds"];

/** The table as Markdown, as the README quotes it. */
export function table(rows: readonly Measured[]): string {
  const lines = [columns, columns.map(() => "---"), ...rows.map(cells)];
  return lines.map((line) => `| ${line.join(" | ")} |\n`).join("");
}

function cells(row: Measured): string[] {
  const { what, unit, before, now, reference, limit } = row;
  const value = limited(row);
  const kept = { true: "yes", false: "no", undefined: "not measured" }[String(holds(row))] ?? "";
  const ratio = limit.of === "now" || value === undefined ? "" : `, ${value.toFixed(2)} of it`;
  return [
    what,
    before === undefined ? "" : amount(before, unit),
    amount(now, unit),
    before === undefined ? "" : (now / before).toFixed(2),
    reference ? `${reference.what}: ${amount(reference.value, unit)}${ratio}` : "",
    limitText(row),
    kept,
  ];
}

function limitText({ limit: { of, most }, unit }: Measured): string {
  if (of === "now") return amount(most, unit);
  return of === "before" ? `${most} of before` : `${most} of it`;
}

function amount(value: number, unit: string): string {
  const digits = value < 10 && !Number.isInteger(value) ? 1 : 0;
  return [value.toFixed(digits), unit].filter(Boolean).join(" ");
}
