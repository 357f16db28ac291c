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
  /** Virtual seconds: Retry-After of `rate-limited` (default 1), the delay of `slow` (default 30). */
  seconds: z.number().positive().exactOptional(),
});

/** Something that goes wrong on a platform, on demand and as data. */
export type Fault = Readonly<z.infer<typeof faultSchema>>;

interface PendingFault {
  readonly fault: Fault;
  readonly path: RegExp;
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
    this.#pending.push({ fault, path: new RegExp(fault.path ?? ""), left });
  }

  /** Removes all faults: everything works again. */
  clear(): void {
    this.#pending = [];
  }

  /** The first fault that this request meets, if any; it counts as met. */
  take(platform: PlatformName, method: string, path: string): Fault | undefined {
    const met = this.#pending.find(
      ({ fault, path: pattern }) =>
        fault.platform === platform &&
        (fault.method === undefined || fault.method === method) &&
        pattern.test(path),
    );
    if (!met) return undefined;
    met.left -= 1;
    if (met.left <= 0) this.#pending = this.#pending.filter((pending) => pending !== met);
    return met.fault;
  }
}
