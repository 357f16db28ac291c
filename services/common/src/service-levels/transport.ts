import { z } from "zod";

import { type Bucket, bucketSeconds } from "./counts.ts";
import { timeSteps } from "./times.ts";

/** More than an instance answers in a bucket's time; what comes from a service that faces the internet is not believed. */
const count = z.number().int().min(0).max(1_000_000);

/** A bucket between two services: times as pairs of step and count, since most steps are empty. */
const bucketSchema = z.strictObject({
  at: z.number().int().multipleOf(bucketSeconds),
  requests: count,
  failures: count,
  times: z
    .array(
      z.tuple([
        z
          .number()
          .int()
          .min(0)
          .max(timeSteps - 1),
        count,
      ]),
    )
    .max(timeSteps),
});

/** What a service sends to the API's internal port: its counts since it sent the last ones. */
export const countsSchema = z.strictObject({ buckets: z.array(bucketSchema).max(400) });

/** Pairs of step and count of what was counted at all. */
export function pairsOf(times: ArrayLike<number>): [step: number, count: number][] {
  return Array.from(times, (one, step): [number, number] => [step, one]).filter(
    ([, one]) => one > 0,
  );
}

/** Makes the message of counts. */
export function messageOf(buckets: readonly Bucket[]): z.input<typeof countsSchema> {
  return { buckets: buckets.map(({ times, ...rest }) => ({ ...rest, times: pairsOf(times) })) };
}

/** Times of pairs. */
export function timesOf(pairs: readonly (readonly [step: number, count: number])[]): Uint32Array {
  const times = new Uint32Array(timeSteps);
  for (const [step, one] of pairs) times[step] = one;
  return times;
}

/** Reads the message of counts. */
export function bucketsOfMessage({ buckets }: z.output<typeof countsSchema>): readonly Bucket[] {
  return buckets.map(({ times, ...rest }) => ({ ...rest, times: timesOf(times) }));
}
