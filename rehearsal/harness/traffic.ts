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

/** Pauses between two rounds of requests while something is deployed, and while nothing is, in milliseconds of the wall clock. */
const pauses = { deploying: 5, otherwise: 50 } as const;

/** Rounds that go on as if something were deployed once it is not any more. */
const lasting = 40;

/** Phases of a deployment that is over. */
const over: readonly string[] = ["ACTIVE", "SUPERSEDED", "ERROR", "CANCELED"];

/**
 * Sends requests to every public service while something goes on, as users do who do not know that it does: as many as can be
 * noticed by while an app is deployed, and few while the same answers as before.
 */
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
    let calm = 0;
    while (!ending.signal.aborted) {
      await Promise.all(addresses.map(send));
      calm = isDeploying(cloud) ? 0 : calm + 1;
      const pause = calm > lasting ? pauses.otherwise : pauses.deploying;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  })();
  // What stops them is told when they are waited for, behind the action.
  users.catch(() => undefined);
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

/** Whether any app is being deployed, as far as anybody has asked. */
function isDeploying({ digitalOcean }: RehearsalCloud): boolean {
  return digitalOcean.store.apps.some(({ deployments }) =>
    deployments.some(({ phase }) => !over.includes(phase)),
  );
}
