import {
  type Bucket,
  type Counts,
  bucketsOf,
  sum,
} from "@mam-services/common/service-levels/counts";
import { pairsOf, timesOf } from "@mam-services/common/service-levels/transport";
import {
  type Since,
  type ServiceLevels,
  sinceOf,
} from "@mam-services/common/service-levels/verdict";
import type { ChainableCommander, Redis } from "iovalkey";

/** A service whose requests are counted. */
export type CountedService = "api" | "edge" | "frontend";

/** Seconds for which a bucket is kept beyond the window: clocks of instances differ a little. */
const spareSeconds = 60;

const bucketKey = (service: CountedService, at: number) => `service-levels:${service}:${at}`;
const sinceKey = (service: CountedService) => `service-levels:${service}:since`;

/** What all instances of a service counted, and since when they miss what. */
export interface Together {
  readonly counts: Counts;
  readonly since: Since;
}

/**
 * The counts of all instances, in Valkey: a hash for each service and ten seconds, which expires by itself. Adding to it is
 * one round trip whatever was counted, and reading a window another one.
 */
export class TogetherCounts {
  readonly #valkey: Redis;
  readonly #windowSeconds: number;

  /** @param valkey a client that fails at once while Valkey is away. */
  constructor(valkey: Redis, windowSeconds: number) {
    this.#valkey = valkey;
    this.#windowSeconds = windowSeconds;
  }

  /** Adds what an instance counted. Buckets out of the window are dropped. @throws what Valkey says when it is away. */
  async add(service: CountedService, buckets: readonly Bucket[], now: number): Promise<void> {
    const window = new Set(bucketsOf(this.#windowSeconds + 2 * spareSeconds, now + spareSeconds));
    const timely = buckets.filter(({ at }) => window.has(at));
    if (timely.length === 0) return;
    const commands = this.#valkey.pipeline();
    for (const bucket of timely) {
      const key = bucketKey(service, bucket.at);
      addTo(commands, key, bucket);
      commands.expire(key, this.#windowSeconds + spareSeconds);
    }
    await answersOf(commands);
  }

  /** Adds all of it up. @throws what Valkey says when it is away. */
  async read(service: CountedService, now: number): Promise<Together> {
    const commands = this.#valkey.pipeline();
    commands.hgetall(sinceKey(service));
    for (const at of bucketsOf(this.#windowSeconds, now)) commands.hgetall(bucketKey(service, at));
    const [since = {}, ...hashes] = (await answersOf(commands)) as Record<string, string>[];
    return { since, counts: sum(hashes.map(countsOf)) };
  }

  /** Remembers since when what is missed, for all instances: the first one to see it says when. */
  async remember(service: CountedService, levels: ServiceLevels, known: Since): Promise<void> {
    const missed = sinceOf(levels);
    const over = Object.keys(known).filter((name) => !(name in missed));
    const begun = Object.entries(missed).filter(([name]) => !(name in known));
    if (over.length + begun.length === 0) return;
    const commands = this.#valkey.pipeline();
    for (const [name, since] of begun) commands.hsetnx(sinceKey(service), name, since);
    if (over.length > 0) commands.hdel(sinceKey(service), ...over);
    await answersOf(commands);
  }
}

function addTo(commands: ChainableCommander, key: string, { requests, failures, times }: Bucket) {
  if (requests > 0) commands.hincrby(key, "requests", requests);
  if (failures > 0) commands.hincrby(key, "failures", failures);
  for (const [step, count] of pairsOf(times)) commands.hincrby(key, String(step), count);
}

function countsOf({ requests = "0", failures = "0", ...steps }: Record<string, string>): Counts {
  const pairs = Object.entries(steps).map(
    ([step, count]) => [Number(step), Number(count)] as const,
  );
  return { requests: Number(requests), failures: Number(failures), times: timesOf(pairs) };
}

/** The answers of a pipeline, which itself never fails. @throws the first failure. */
async function answersOf(commands: ChainableCommander): Promise<unknown[]> {
  const answers = (await commands.exec()) ?? [];
  return answers.map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
}
