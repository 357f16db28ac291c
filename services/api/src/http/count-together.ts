import { createHash } from "node:crypto";

import type { Redis } from "iovalkey";

/** The count of a request in its window, and the milliseconds until that ends. */
export interface Count {
  readonly current: number;
  readonly ttl: number;
}

/** Counts a request. @param length of a new window, in milliseconds. @throws what Valkey says when it is away. */
export type CountRequest = (key: string, length: number) => Promise<Count>;

/** For each key its count, and the milliseconds that its window still has, one after the other. */
const script = `
local counts = {}
for index, key in ipairs(KEYS) do
  local current = redis.call("INCR", key)
  local ttl = redis.call("PTTL", key)
  if ttl < 0 then
    redis.call("PEXPIRE", key, ARGV[index])
    ttl = tonumber(ARGV[index])
  end
  counts[2 * index - 1] = current
  counts[2 * index] = ttl
end
return counts`;

const digest = createHash("sha1").update(script).digest("hex");

interface Waiting {
  readonly key: string;
  readonly length: number;
  readonly done: (count: Count) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Counts all requests of a turn of the event loop by one command: three commands for each, with their promises and timers, are
 * a tenth of the processor's time of a list (`npm run bench:platform -- api`).
 */
export function countTogether(valkey: Redis): CountRequest {
  teach(valkey);
  let waiting: Waiting[] = [];
  const send = () => {
    const all = waiting;
    waiting = [];
    void count(valkey, all);
  };
  return (key, length) =>
    new Promise((done, failed) => {
      if (waiting.length === 0) setImmediate(send);
      waiting.push({ key, length, done, failed });
    });
}

/** Has Valkey know the script before the first request; where that fails, the first one brings it along. */
function teach(valkey: Redis): void {
  const load = () => {
    valkey.script("LOAD", script).catch(() => undefined);
  };
  if (valkey.status === "ready") load();
  valkey.on("ready", load);
}

async function count(valkey: Redis, all: readonly Waiting[]): Promise<void> {
  try {
    const values = [...all.map(({ key }) => key), ...all.map(({ length }) => length)];
    const counts = await inTime(evaluate(valkey, values));
    for (const [index, { done, failed }] of all.entries()) {
      const [current, ttl] = counts.slice(2 * index, 2 * index + 2);
      if (current === undefined || ttl === undefined) failed(new Error("Valkey did not count"));
      else done({ current, ttl });
    }
  } catch (error) {
    for (const { failed } of all) failed(error);
  }
}

/** Milliseconds that Valkey has: serving without a limit is better than not serving. */
const patienceMs = 500;

/**
 * What comes in time. An answer that is there and that this process was too busy to read counts as such: a burst would be let
 * through uncounted otherwise, for the clock is looked at before the network.
 */
function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => {
      reject(new Error(`Valkey did not count within ${patienceMs} ms`));
    };
    const timer = setTimeout(() => setImmediate(late), patienceMs);
    void answer.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}

/** By its digest, and as a whole where Valkey does not know it (any more): it forgets scripts when it starts again. */
async function evaluate(valkey: Redis, values: readonly (string | number)[]): Promise<number[]> {
  const keys = values.length / 2;
  try {
    return (await valkey.evalsha(digest, keys, ...values)) as number[];
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
    return (await valkey.eval(script, keys, ...values)) as number[];
  }
}
