import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

import type { Logger } from "pino";

import type { Entry, JobStream } from "./stream.ts";

/** What the intake works with. */
export interface IntakeContext {
  readonly stream: JobStream;
  readonly logger: Logger;
  /** Jobs that are worked on at a time. */
  readonly concurrency: number;
  readonly stopping: AbortSignal;
  /** Works on an entry to its end. */
  readonly work: (entry: Entry) => Promise<void>;
  /** Called whenever Valkey answered. */
  readonly onReached: () => void;
}

/** Pause after a failure, in milliseconds. */
const pauseAfterFailure = 1_000;

/**
 * Takes jobs while there is room for them, first those that another worker left, until it is told to stop; then waits
 * for those under way.
 */
export async function takeJobs(context: IntakeContext): Promise<void> {
  const { concurrency, stopping } = context;
  const underWay = new Set<Promise<void>>();
  while (!stopping.aborted) {
    if (underWay.size >= concurrency) await Promise.race(underWay);
    else {
      const entry = await next(context);
      if (!entry) continue;
      const job: Promise<void> = finishOff(context, entry).finally(() => underWay.delete(job));
      underWay.add(job);
    }
  }
  await Promise.all(underWay);
}

async function finishOff({ work, logger }: IntakeContext, entry: Entry): Promise<void> {
  try {
    await work(entry);
  } catch (error) {
    // Valkey was away or full. The entry stays pending, and is taken over once nobody touched it for long enough.
    logger.error({ err: error, entry: entry.id }, "entry left as it is");
    await delay(pauseAfterFailure);
  }
}

async function next({ stream, stopping, logger, onReached }: IntakeContext) {
  try {
    const entry = (await stream.takeOver()) ?? (await unlessStopped(stream.read(), stopping));
    onReached();
    return entry;
  } catch (error) {
    if (stopping.aborted) return undefined;
    if (String(error).includes("NOGROUP")) return startGroup(stream, logger);
    logger.warn({ err: error }, "no answer from valkey");
    await delay(pauseAfterFailure, undefined, { signal: stopping }).catch(() => undefined);
    return undefined;
  }
}

/**
 * What a read brings, unless the worker is told to stop before. A read on a connection that is just being made again is not
 * ended by its end (iovalkey 0.4.0). What it would have brought is given back with all that this worker holds.
 */
async function unlessStopped<T>(read: Promise<T>, stopping: AbortSignal): Promise<T | undefined> {
  const stopped = new AbortController();
  try {
    return await Promise.race([read, told(stopping, stopped.signal)]);
  } finally {
    stopped.abort();
  }
}

/** Ends when a signal is given, or without it when nobody waits any more. */
async function told(signal: AbortSignal, unneeded: AbortSignal): Promise<undefined> {
  if (signal.aborted) return;
  await once(signal, "abort", { signal: unneeded }).catch(() => undefined);
}

/** Valkey keeps no backups: after a restart neither the stream nor its group may be there. */
async function startGroup(stream: JobStream, logger: Logger): Promise<undefined> {
  try {
    await stream.createGroup();
    logger.info("consumer group made");
  } catch (error) {
    logger.warn({ err: error }, "consumer group not made");
    await delay(pauseAfterFailure);
  }
}
