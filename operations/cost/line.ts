import type { Amount } from "./amount.ts";

/** What a line is billed under, in the order in which they are shown. */
export const billedParts = [
  "App Platform",
  "Droplets",
  "Databases",
  "Wasabi",
  "State",
  "Watching",
  "Elsewhere",
] as const;

/** What a line is billed under. */
export type BilledPart = (typeof billedParts)[number];

/** What one resource costs in a month. */
export interface CostLine {
  readonly part: BilledPart;
  /** What it is; unique within its part. */
  readonly resource: string;
  /** How much of it, in words: `2 × apps-s-1vcpu-1gb`. */
  readonly quantity: string;
  /** The price that it was reckoned with, by its key; absent where none is known. */
  readonly price?: string;
  /** What it costs; null where that cannot be known, which `note` then explains. */
  readonly month: Amount | null;
  /** Why it is a range, what it does not hold, or why it is not known; empty where there is nothing to say. */
  readonly note: string;
}
