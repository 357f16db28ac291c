import type { Pool } from "pg";
import type { Logger } from "pino";

import { type Repeated, repeat } from "../repeat.ts";
import { type PreviewStream, sendWaiting } from "./outbox.ts";
import { reconcile } from "./reconcile.ts";

/**
 * Sends jobs to the stream and looks after those that were sent, on every instance: each job is taken by one of them at
 * a time. `soon` sends what waits now.
 */
export function startJobs(database: Pool, stream: PreviewStream, log: Logger): Repeated {
  const outbox = repeat("outbox", 5, () => sendWaiting(database, stream), log);
  const look = async () => {
    const lost = await reconcile(database, stream);
    if (lost === 0) return;
    log.warn({ lost }, "jobs that the stream lost are sent again");
    outbox.soon();
  };
  const reconciler = repeat("reconciliation", 10, look, log);
  return {
    soon: () => {
      outbox.soon();
    },
    stop: async () => {
      await Promise.all([outbox.stop(), reconciler.stop()]);
    },
  };
}
