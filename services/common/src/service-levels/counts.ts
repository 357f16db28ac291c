import { timeSteps } from "./times.ts";

/** What is counted of requests, over any time and any instances. */
export interface Counts {
  readonly requests: number;
  /** Answers from 500 on, and answers that broke off. */
  readonly failures: number;
  /** How many times each step of times.ts was measured. */
  readonly times: ArrayLike<number>;
}

/** Counts of one bucket of time. */
export interface Bucket extends Counts {
  /** When it begins: seconds since 1970, a multiple of {@link bucketSeconds}. */
  readonly at: number;
}

/** How long a bucket is: short enough for a window of 30 s, and a window of an hour is 360 of them. */
export const bucketSeconds = 10;

/** The beginning of the bucket that a moment belongs to. */
export const bucketAt = (seconds: number): number =>
  Math.floor(seconds / bucketSeconds) * bucketSeconds;

/** The beginnings of the buckets of a window that ends now, oldest first. */
export function bucketsOf(windowSeconds: number, now: number): number[] {
  const last = bucketAt(now);
  const count = Math.ceil(windowSeconds / bucketSeconds);
  return Array.from({ length: count }, (_, index) => last - (count - 1 - index) * bucketSeconds);
}

/** Adds counts up. */
export function sum(all: Iterable<Counts>): Counts {
  const total = new Tally();
  for (const counts of all) total.add(counts);
  return total;
}

/** Counts that grow. */
class Tally implements Counts {
  requests = 0;
  failures = 0;
  readonly times = new Uint32Array(timeSteps);

  count(step: number, more: number): void {
    this.times[step] = (this.times[step] ?? 0) + more;
  }

  add({ requests, failures, times }: Counts): void {
    this.requests += requests;
    this.failures += failures;
    for (let step = 0; step < timeSteps; step += 1) this.count(step, times[step] ?? 0);
  }
}

/**
 * What this process counted: over the window, and what it has told nobody yet. To count costs a few additions; nothing is
 * sent, stored or awaited.
 */
export class OwnCounts {
  readonly #windowSeconds: number;
  readonly #kept = new Map<number, Tally>();
  #untold = new Map<number, Tally>();
  #at = -1;
  #current: readonly Tally[] = [];

  /** @param windowSeconds for which counts are remembered. */
  constructor(windowSeconds: number) {
    this.#windowSeconds = windowSeconds;
  }

  /** Counts an answer. @param now seconds since 1970. */
  request(failed: boolean, now: number): void {
    for (const tally of this.#tallies(now)) {
      tally.requests += 1;
      if (failed) tally.failures += 1;
    }
  }

  /** Counts a time. @param step the one of times.ts. */
  time(step: number, now: number): void {
    for (const tally of this.#tallies(now)) tally.count(step, 1);
  }

  /** All that was counted here within the window. */
  total(now: number): Counts {
    const begins = bucketsOf(this.#windowSeconds, now);
    return sum(begins.flatMap((at) => this.#kept.get(at) ?? []));
  }

  /** What nobody was told yet; from now on it counts as told. */
  take(): readonly Bucket[] {
    const taken = [...this.#untold].map(([at, { requests, failures, times }]) => ({
      at,
      requests,
      failures,
      times,
    }));
    this.#untold = new Map();
    this.#at = -1;
    return taken;
  }

  /** Takes back what could not be told. */
  giveBack(buckets: readonly Bucket[]): void {
    for (const bucket of buckets) tallyOf(this.#untold, bucket.at).add(bucket);
    this.#at = -1;
  }

  #tallies(now: number): readonly Tally[] {
    const at = bucketAt(now);
    if (at === this.#at) return this.#current;
    const [oldest = at] = bucketsOf(this.#windowSeconds, now);
    for (const map of [this.#kept, this.#untold]) forget(map, oldest);
    this.#at = at;
    this.#current = [tallyOf(this.#kept, at), tallyOf(this.#untold, at)];
    return this.#current;
  }
}

function tallyOf(tallies: Map<number, Tally>, at: number): Tally {
  const tally = tallies.get(at) ?? new Tally();
  tallies.set(at, tally);
  return tally;
}

function forget(tallies: Map<number, Tally>, before: number): void {
  for (const at of tallies.keys()) if (at < before) tallies.delete(at);
}
