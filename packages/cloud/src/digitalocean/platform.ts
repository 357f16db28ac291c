import type { RecordedMetrics } from "./insights/metrics/recorded.ts";
import type { Store } from "./store.ts";

/** What every handler of the API works on. */
export interface Platform {
  readonly store: Store;
  /**
   * What callers did that the API's description does not have, or that the rehearsal does not play. A rehearsal with
   * a finding has failed, whatever the answers were.
   */
  readonly findings: string[];
  /** What was measured of real programs, for Insights. */
  readonly recorded: RecordedMetrics;
}
