import type { Dispatcher } from "undici";

import { type Damage, damageOf } from "../damage.ts";
import type { Endpoint } from "./endpoint.ts";

/** Query parameters of a call; a list is sent as the same parameter several times. */
export type Query = Readonly<Record<string, string | number | readonly string[]>>;

/** How many requests are still allowed, as the last answer said. */
export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  /** When the oldest request stops counting. */
  readonly resetsAt: Date;
}

/** A request of the API. */
export interface Call {
  readonly method: Endpoint["method"];
  readonly path: string;
  readonly query: Query;
  readonly body: string | undefined;
  /** As of its endpoint. */
  readonly explains?: Endpoint["explains"];
}

/** What was answered to it. */
export interface Reply {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData["headers"];
  readonly text: string;
}

/** A header of an answer; the first, where there are several. */
export function headerOf(reply: Reply | undefined, name: string): string | undefined {
  const value = reply?.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** What an answer says about the rate limit. */
export function rateLimitOf(reply: Reply): RateLimit | undefined {
  const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) =>
    Number(headerOf(reply, `ratelimit-${name}`)),
  );
  if (limit === undefined || remaining === undefined || reset === undefined) return undefined;
  if ([limit, remaining, reset].some(Number.isNaN)) return undefined;
  return { limit, remaining, resetsAt: new Date(reset * 1000) };
}

/** An answer as data; undefined where it is empty or no JSON. */
export function parseJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with an answer that is no JSON. */
export function damage(reply: Reply): Damage | undefined {
  return damageOf(reply.text, headerOf(reply, "content-type"));
}

/** Seconds that this machine's clock is ahead of the one that answered; undefined where it does not say. */
export function clockAheadOf(reply: Reply): number | undefined {
  const there = Date.parse(headerOf(reply, "date") ?? "");
  return Number.isNaN(there) ? undefined : Math.round((Date.now() - there) / 1000);
}
