import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { columns } from "../context/columns.ts";
import { amountInWords, usd } from "./amount.ts";
import type { Estimate } from "./estimate.ts";
import { type CostLine, billedParts } from "./line.ts";
import type { Asked } from "./live.ts";
import type { Evidence, Price } from "./price.ts";

/** An estimate for a terminal. */
export function renderEstimate(
  estimate: Estimate,
  { cost }: EnvironmentConfig,
  asked: Pick<Asked, "live" | "because">,
): string {
  return `${[
    [headline(estimate)],
    ...billedParts.map((part) =>
      partLines(
        estimate.lines.filter((line) => line.part === part),
        part,
      ),
    ),
    [
      "Prices, whose pages docs/cost.md names",
      ...columns(Object.entries(estimate.prices).map(priceRow)),
    ],
    [`Assumed: ${assumedInWords(cost.assumptions)}.`, askedInWords(estimate, asked)],
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** `production: $700.00 or more a month, without taxes and without what is not known.` */
export function headline({ environment, month, unknown }: Estimate): string {
  const without = unknown.length > 0 ? ", without what is not known" : "";
  return `${environment}: ${amountInWords(month)} a month${without}. US dollars, without taxes.`;
}

/** The amount of a line, in words. */
export function monthInWords({ month }: Pick<CostLine, "month">): string {
  return month === null ? "not known" : amountInWords(month);
}

/** Lines as the rows of a table, the part only where it begins: part, resource, how much, a month, note. */
export function estimateRows(lines: readonly CostLine[]): string[][] {
  return lines.map((line, index) => [
    line.part === lines[index - 1]?.part ? "" : line.part,
    line.resource,
    line.quantity,
    monthInWords(line),
    line.note,
  ]);
}

function partLines(lines: readonly CostLine[], part: string): string[] {
  if (lines.length === 0) return [];
  return [
    part,
    ...columns(
      lines.map((line) => [`  ${line.resource}`, line.quantity, monthInWords(line), line.note]),
    ),
  ];
}

/** How sure a price is, for a person. */
export const evidenceInWords: Readonly<Record<Evidence, string>> = {
  published: "published",
  "second-hand": "second-hand: confirm it",
  live: "from the API, now",
};

function priceRow([key, price]: [string, Price]): string[] {
  const { per, date, evidence } = price;
  return [`  ${key}`, `${priceInWords(price)} per ${per}`, date, evidenceInWords[evidence]];
}

/** `$0.02`, `from $130.00`. */
export function priceInWords({ amount, atLeast }: Price): string {
  // A price by the GiB may have a third digit.
  const exact = Number.isInteger(amount * 100) || amount >= 1 ? usd(amount) : `$${amount}`;
  return `${atLeast ? "from " : ""}${exact}`;
}

/** `mastersGib 1024, olderVersionsPercent 5`. */
export function assumedInWords(assumptions: EnvironmentConfig["cost"]["assumptions"]): string {
  return Object.entries(assumptions)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}

/** Where the prices come from, and how old the oldest is. */
function askedInWords({ prices }: Estimate, { live, because }: Pick<Asked, "live" | "because">) {
  const [oldest = ""] = Object.values(prices)
    .map(({ date }) => date)
    .toSorted();
  const age = `the oldest price is of ${oldest}`;
  return live
    ? `App Platform's sizes are priced as its API says now; no other API gives prices, and ${age}.`
    : `Prices are as they were read, and ${age}: ${because}.`;
}
