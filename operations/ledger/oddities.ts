import type { Oddity } from "./history.ts";

/** What is odd about a ledger, a line each; nothing when all of it can be read. */
export function oddityLines(oddities: readonly Oddity[]): string[] {
  return oddities.map(
    ({ entry, problem, passedOver }) =>
      `${passedOver ? "passed over" : "read in part"}: ${entry}, ${problem}`,
  );
}
