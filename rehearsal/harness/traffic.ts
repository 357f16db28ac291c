import { request } from "undici";

import { publicEndpoints } from "../../constructs/monitoring/public-endpoints.ts";
import type { RehearsalCloud } from "./rehearsal-cloud.ts";

/** What became of the requests that were sent throughout something. */
export interface TrafficReport {
  readonly sent: number;
  /** Requests that a user would have seen fail, with the reason that the router gives. */
  readonly refused: readonly string[];
  /** Digests that answered, by component, in the order in which they first did. */
  readonly digests: Readonly<Record<string, readonly string[]>>;
}

/** Pause between two rounds of requests, in milliseconds of the wall clock. */
const pause = 5;

/** Sends requests to every public service while something goes on, as users do who do not know that it does. */
export async function withTraffic<T>(
  cloud: RehearsalCloud,
  action: () => Promise<T>,
): Promise<{ readonly result: T; readonly traffic: TrafficReport }> {
  const refused: string[] = [];
  const digests = new Map<string, Set<string>>();
  let sent = 0;
  const send = async (address: string) => {
    const { host, pathname } = new URL(address);
    const answer = await request(`${cloud.digitalOcean.trafficUrl}${pathname}`, {
      headers: { host },
    });
    await answer.body.dump();
    sent += 1;
    if (answer.statusCode >= 500)
      refused.push(
        `${address}: ${answer.statusCode} ${String(answer.headers["x-rehearsal-reason"])}`,
      );
    const [component, digest] = [
      answer.headers["x-rehearsal-component"],
      answer.headers["x-rehearsal-digest"],
    ];
    if (typeof component !== "string" || typeof digest !== "string") return;
    digests.set(component, (digests.get(component) ?? new Set()).add(digest));
  };
  const addresses = Object.values(publicEndpoints(cloud.environment.config));
  const ending = new AbortController();
  const users = (async () => {
    while (!ending.signal.aborted) {
      await Promise.all(addresses.map(send));
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  })();
  try {
    const result = await action();
    return { result, traffic: await ended() };
  } finally {
    ending.abort();
  }

  async function ended(): Promise<TrafficReport> {
    ending.abort();
    await users;
    const byComponent = [...digests].map(([component, seen]) => [component, [...seen]] as const);
    return { sent, refused, digests: Object.fromEntries(byComponent) };
  }
}
