import type { ObservedState } from "../../../../operations/platform/observed-state.ts";

/** Uptime checks, those with most alerts first: the platform lists them in no order. */
export const byAlerts = ({ checks }: ObservedState): ObservedState["checks"] =>
  checks.toSorted(
    (one, other) =>
      other.alerts.length - one.alerts.length || one.check.name.localeCompare(other.check.name),
  );

/** Something that a person does in the control panel beside filling in a form. */
export interface Act {
  /** As the description writes it. */
  readonly operation: string;
  readonly about: string;
  readonly path: string;
  readonly body?: unknown;
  /** What has to be asked before, if anything: method, path, body. */
  readonly before?: readonly [string, string, unknown];
  /** When it is done: beside changes of fields, or at the end, because much goes with it. */
  readonly when: "beside" | "taken away" | "by itself" | "last";
  /** Words of the line that says it. */
  readonly said: RegExp;
}
