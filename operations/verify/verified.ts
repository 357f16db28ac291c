import { type CheckReport, type Verdict, verdictOf } from "../context/check.ts";
import type { Verified } from "../ledger/entry.ts";

/**
 * What verify made of a release, as the ledger remembers it: how many checks came to what, and which could not be made.
 *
 * @param at when verify ended.
 */
export function verifiedBy({ results }: CheckReport, at: Date): Verified {
  const verdicts = results.map(verdictOf);
  const count = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length;
  return {
    at: at.toISOString(),
    passed: count("passed"),
    warned: count("warned"),
    failed: count("failed"),
    skipped: results.filter(({ outcome }) => outcome === "skipped").map(({ id }) => id),
  };
}
