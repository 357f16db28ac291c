import type { Logger } from "pino";

import { type Repeated, repeat } from "../repeat.ts";
import { LeaseLost, PromotionRefused, type PromotionTools, promote } from "./promote.ts";
import {
  type Promotion,
  giveUp,
  leaseSeconds,
  postpone,
  releaseLease,
  renewLease,
  takePromotion,
} from "./store.ts";

/** Promotions that an instance has at a time. */
const atOnce = 4;

/** Attempts, and the wait before the next one, in seconds: about half an hour in all. */
const mostAttempts = 10;
const waitSeconds = (attempts: number) => Math.min(5 * 2 ** attempts, 300);

/**
 * Promotes what is wanted, on every instance: what one left unfinished, however it ended, another takes over when the
 * lease is over. Nobody has to ask again.
 *
 * @param finished told after each promotion, so that its preview job is sent at once.
 */
export function startPromoter(tools: PromotionTools, finished: () => void, log: Logger): Repeated {
  const ending = new AbortController();
  const takeAll = async () => {
    for (let taken = await take(); taken; taken = await take()) {
      await run(tools, taken, ending.signal, log);
      finished();
    }
  };
  const take = async () =>
    ending.signal.aborted ? undefined : await takePromotion(tools.database);
  const loops = Array.from({ length: atOnce }, () => repeat("promotion", 5, takeAll, log));
  return {
    soon: () => {
      for (const loop of loops) loop.soon();
    },
    stop: async () => {
      ending.abort();
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

/** One attempt. What it throws is only what PostgreSQL refuses to note. */
async function run(
  tools: PromotionTools,
  promotion: Promotion,
  ending: AbortSignal,
  log: Logger,
): Promise<void> {
  const { database } = tools;
  const lease = keepLease(tools, promotion);
  try {
    await promote(tools, promotion, AbortSignal.any([ending, lease.lost]));
    log.info({ assetId: promotion.assetId }, "promoted");
  } catch (error) {
    // A renewal behind what is noted now would hold what is given back.
    await lease.end();
    if (ending.aborted) await releaseLease(database, promotion);
    else await failed(tools, promotion, error, log);
  } finally {
    await lease.end();
  }
}

async function failed(
  { database }: PromotionTools,
  promotion: Promotion,
  error: unknown,
  log: Logger,
): Promise<void> {
  const { assetId, attempts } = promotion;
  log.warn({ err: error, assetId, attempts }, "a promotion failed");
  if (error instanceof LeaseLost) return;
  if (error instanceof PromotionRefused) await giveUp(database, promotion, error.message);
  else if (attempts + 1 >= mostAttempts)
    await giveUp(database, promotion, "Storage did not take the copy. Promote it again.");
  else await postpone(database, promotion, waitSeconds(attempts));
}

/** Renews a lease until it ends; says so when another instance got it. No renewal is under way any more once the end is. */
function keepLease({ database }: PromotionTools, promotion: Promotion) {
  const lost = new AbortController();
  let renewal = Promise.resolve();
  const timer = setInterval(
    () => {
      renewal = renewal
        .then(() => renewLease(database, promotion))
        .then(
          (isHeld) => {
            if (!isHeld) lost.abort(new LeaseLost("another instance has the promotion"));
          },
          // PostgreSQL is away: the next renewal may come in time, and if not, what is written is still right.
          () => undefined,
        );
    },
    (leaseSeconds * 1000) / 3,
  );
  return {
    lost: lost.signal,
    end: async () => {
      clearInterval(timer);
      await renewal;
    },
  };
}
