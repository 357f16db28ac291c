import type { Store } from "../store.ts";
import type { UptimeTimer } from "./uptime-timer.ts";
import type { UptimeDelivery } from "./watch.ts";

/** What a test can ask of uptime checks beside the API. */
export interface UptimeHandle {
  /** What alerts of checks told whom until now, oldest first; nobody is reached. */
  deliveries(): readonly UptimeDelivery[];
  /** Lets every check look now, as it does each minute. */
  look(): Promise<void>;
}

/** The handle of an account's uptime checks. */
export const uptimeHandle = ({ uptimeWatch }: Store, timer: UptimeTimer): UptimeHandle => ({
  deliveries: () => [...uptimeWatch.deliveries],
  look: () => timer.look(),
});
