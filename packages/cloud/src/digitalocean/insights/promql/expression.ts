/** How a label's value is compared. */
export type MatchOperator = "=" | "!=" | "=~" | "!~";

/** A condition on a label; a label that is missing is empty. */
export interface Matcher {
  readonly label: string;
  readonly operator: MatchOperator;
  readonly value: string;
}

/** Functions of a range that are played. */
export const rangeFunctions = ["rate", "increase", "avg_over_time", "max_over_time"] as const;

/** A function of a range that is played. */
export type RangeFunction = (typeof rangeFunctions)[number];

/** Aggregations that are played. */
export const aggregations = ["sum", "avg", "max", "min", "count"] as const;

/** An aggregation that is played. */
export type Aggregation = (typeof aggregations)[number];

/** Arithmetic that is played. */
export const arithmetic = ["+", "-", "*", "/", "%", "^"] as const;

/** An arithmetic operator that is played. */
export type Arithmetic = (typeof arithmetic)[number];

/** Labels that are kept, or left out. */
export interface Grouping {
  readonly keeps: boolean;
  readonly labels: readonly string[];
}

/** The subset of PromQL that is played. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "selector"; readonly matchers: readonly Matcher[] }
  | {
      readonly kind: "range";
      readonly name: RangeFunction;
      readonly matchers: readonly Matcher[];
      readonly seconds: number;
    }
  | {
      readonly kind: "aggregation";
      readonly name: Aggregation;
      readonly grouping: Grouping;
      readonly of: Expression;
    }
  | {
      readonly kind: "arithmetic";
      readonly operator: Arithmetic;
      readonly left: Expression;
      readonly right: Expression;
      /** The labels by which two vectors match; all of them by default. */
      readonly matching?: Grouping;
    }
  /** `label_replace(of, label, value, "", "")`: gives every sample a label. */
  | {
      readonly kind: "labelled";
      readonly of: Expression;
      readonly label: string;
      readonly value: string;
    }
  /** `left or right`: all of the left, and what is labelled otherwise on the right. */
  | { readonly kind: "union"; readonly left: Expression; readonly right: Expression };
