import { columns } from "../context/columns.ts";
import { type Amount, usd } from "./amount.ts";
import type { CostChange, CostDelta } from "./delta.ts";
import { monthInWords } from "./text.ts";

/** What a plan does to the cost, for a terminal; empty where it does nothing. */
export function deltaLines(delta: CostDelta | undefined): string[] {
  if (!delta) return [];
  return [
    `the cost of a month changes: ${deltaInWords(delta)}`,
    ...columns(
      delta.lines.map((line) => [`  ${line.resource}`, changeInWords(line), moreInWords(line)]),
    ),
  ];
}

/** `+$39.00 to +$117.00, without what is not known: valkey`. */
export function deltaInWords({ month, unknown, lines }: CostDelta): string {
  if (lines.every((line) => line.month === null)) return "by what is not known";
  const without = unknown.length > 0 ? `, without what is not known: ${unknown.join(", ")}` : "";
  return `${signedInWords(month)}${without}`;
}

/** `2 × apps-s-1vcpu-1gb, $24.00 → 3 × apps-s-1vcpu-1gb, $36.00`. */
export function changeInWords({ before, after }: CostChange): string {
  const side = (one: CostChange["before"]) =>
    one ? [one.quantity, monthInWords(one)].filter((word) => word !== "").join(", ") : "absent";
  return `${side(before)} → ${side(after)}`;
}

/** What a line costs more, or less: `+$12.00`. */
export function moreInWords({ month }: Pick<CostChange, "month">): string {
  return month === null ? "not known" : signedInWords(month);
}

function signedInWords({ least, most }: Amount): string {
  if (most === null) return `${signed(least)} or more`;
  return signed(least) === signed(most) ? signed(least) : `${signed(least)} to ${signed(most)}`;
}

function signed(amount: number): string {
  // Less than half a cent is nothing, which has no sign.
  const rounded = Math.round(amount * 100) / 100;
  if (rounded === 0) return usd(0);
  return `${rounded > 0 ? "+" : ""}${usd(rounded)}`;
}
