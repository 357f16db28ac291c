import type { Logger } from "pino";

import type { Lock } from "./records.ts";
import type { Entry, JobStream } from "./stream.ts";
import { timing } from "./timing.ts";

/** What is kept. */
export interface Kept {
  readonly stream: JobStream;
  readonly entry: Entry;
  readonly lock: Lock;
  readonly logger: Logger;
  /** Called when it was renewed. */
  readonly onKept: () => void;
  /** Called when another worker has the job by now. */
  readonly onLost: () => void;
}

/**
 * Keeps a job for this worker while it is at work, by renewing its lock and the claim on its entry. A moment without
 * Valkey does no harm; when it is back, either the job is still ours, or another took it over and this work is in vain.
 *
 * @returns ends it, once the renewal under way is through.
 */
export function keepJob(kept: Kept): () => Promise<void> {
  const { stream, entry, lock, logger, onKept, onLost } = kept;
  let renewal: Promise<void> = Promise.resolve();
  let isBusy = false;
  const renew = async () => {
    isBusy = true;
    try {
      if (await lock.renew()) {
        await stream.keep(entry.id);
        onKept();
      } else onLost();
    } catch (error) {
      logger.warn({ err: error }, "claim not renewed");
    } finally {
      isBusy = false;
    }
  };
  const timer = setInterval(() => {
    if (!isBusy) renewal = renew();
  }, timing.keepEvery);
  return async () => {
    clearInterval(timer);
    await renewal;
  };
}
