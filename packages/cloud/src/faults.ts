import { z } from "zod";

import type { PlatformName } from "./request-log.ts";

/** What a fault does to the request that it meets. */
export const faultKinds = [
  /** 429 with Retry-After; nothing happens on the platform. */
  "rate-limited",
  /** 500; nothing happens on the platform. */
  "error-before-effect",
  /** 422 whose message repeats what was sent, token and secrets included; nothing happens on the platform. */
  "request-repeated",
  /** The platform does what was asked, and then answers 500: what makes a retried create run twice. */
  "error-after-effect",
  /** The answer takes `seconds` longer. */
  "slow",
  /** The platform does what was asked, and then closes the connection without an answer. */
  "dropped-connection",
  /**
   * A GET is answered as it was the last time that the same was asked; with 404 when nobody asked for it before. Other
   * requests never meet it.
   */
  "stale",
  /** Every connection is closed at once, until the fault is removed. */
  "down",
] as const;

const isPattern = (source: string) => {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
};

/** Faults as they are written in JSON; unknown fields are refused, so that a misspelt fault cannot pass as none. */
export const faultSchema = z.strictObject({
  platform: z.enum(["digitalocean", "wasabi", "spaces", "hcp"]),
  /** HTTP method; absent means any. */
  method: z.string().toUpperCase().exactOptional(),
  /** Regular expression that the path must match; absent means any path. */
  path: z.string().refine(isPattern, "must be a regular expression").exactOptional(),
  kind: z.enum(faultKinds),
  /** Requests that meet the fault; default 1. `down` lasts until it is removed, whatever is said here. */
  times: z.int().positive().exactOptional(),
  /** Requests that match and pass unharmed before the first that meets it; default 0. */
  after: z.int().nonnegative().exactOptional(),
  /** Virtual seconds: Retry-After of `rate-limited` (default 1), the delay of `slow` (default 30). */
  seconds: z.number().positive().exactOptional(),
});

/** Something that goes wrong on a platform, on demand and as data. */
export type Fault = Readonly<z.infer<typeof faultSchema>>;

interface PendingFault {
  readonly fault: Fault;
  readonly path: RegExp;
  /** Requests that still pass before it. */
  after: number;
  left: number;
}

/**
 * The faults that wait for a request. One object serves all platforms, so that a scenario can break several at once and
 * clear all with one call.
 */
export class Faults {
  #pending: PendingFault[] = [];

  /**
   * Adds a fault behind those that wait already.
   *
   * @throws SyntaxError when the path is no regular expression.
   */
  add(fault: Fault): void {
    const left = fault.kind === "down" ? Infinity : (fault.times ?? 1);
    const { path = "", after = 0 } = fault;
    this.#pending.push({ fault, path: new RegExp(path), after, left });
  }

  /** Removes all faults: everything works again. @returns how many nothing had met to the end. */
  clear(): number {
    const { length } = this.#pending;
    this.#pending = [];
    return length;
  }

  /** The first fault that this request meets, if any; it counts as met. Every fault that it could meet later comes nearer. */
  take(platform: PlatformName, method: string, path: string): Fault | undefined {
    const matching = this.#pending.filter((one) => matches(one, platform, method, path));
    const met = matching.find(({ after }) => after === 0);
    for (const one of matching) one.after = Math.max(0, one.after - 1);
    if (!met) return undefined;
    met.left -= 1;
    if (met.left <= 0) this.#pending = this.#pending.filter((pending) => pending !== met);
    return met.fault;
  }
}

function matches(
  { fault, path: pattern }: PendingFault,
  platform: PlatformName,
  method: string,
  path: string,
): boolean {
  const wanted = fault.kind === "stale" ? "GET" : fault.method;
  return (
    fault.platform === platform && (wanted === undefined || wanted === method) && pattern.test(path)
  );
}
