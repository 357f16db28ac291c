import { request } from "undici";

import { type Slot, otherSlot } from "../../../environments/schema/rotation.ts";
import { linkAddress, signLink } from "../../../operations/verify/playback-link.ts";
import { variableOf } from "@mam-infra/cloud/digitalocean/apps/bindables";
import type { RehearsalCloud } from "../../harness/rehearsal-cloud.ts";

/** A link that somebody was given, and the slot that signed it. */
export interface GivenLink {
  readonly slot: Slot;
  readonly address: string;
}

/** What a container of a component has in a variable: secrets in clear, references resolved. */
export function containerVariable(
  { digitalOcean: { store } }: RehearsalCloud,
  component: string,
  name: string,
): string {
  const [app] = store.apps;
  const active = app?.deployments.find(({ id }) => id === app.active_deployment);
  const value = app && active && variableOf(store, app, active.spec, component, name);
  if (value === undefined) throw new Error(`${component} has no ${name}`);
  return value;
}

/** A link as the API signs one, with the key that it has in a slot now. */
export function linkOf(cloud: RehearsalCloud, slot: Slot): GivenLink {
  const { domain, secrets } = cloud.environment.config;
  const expires = new Date(Date.now() + secrets.lifetimes.shareLinkMinutes * 60_000);
  const link = { mediaHost: domain.mediaHost, slot, expires, asset: "act", rest: "master.m3u8" };
  const key = containerVariable(cloud, "api", `EDGE_SIGNING_KEY_${slot}`);
  return { slot, address: linkAddress({ ...link, signature: signLink(link, key) }) };
}

/** A link as the API hands it out now, by the active slot. */
export function linkFromApi(cloud: RehearsalCloud): GivenLink {
  const active = containerVariable(cloud, "api", "EDGE_SIGNING_KEY_ACTIVE");
  return linkOf(cloud, active === "A" ? "A" : otherSlot("A"));
}

/** Status with which the edge answers a link. */
export async function follow(
  { digitalOcean }: RehearsalCloud,
  { address }: GivenLink,
): Promise<number> {
  const { host, pathname } = new URL(address);
  const { statusCode, body } = await request(`${digitalOcean.trafficUrl}${pathname}`, {
    headers: { host },
  });
  await body.dump();
  return statusCode;
}

/** Pause between two rounds of requests, in milliseconds of the wall clock. */
const pause = 10;

/**
 * Follows links while something goes on: one that was given out before it, and one that the API hands out at that
 * moment.
 *
 * @returns what came of the action, and every answer that was not 200.
 */
export async function whileFollowing<T>(
  cloud: RehearsalCloud,
  given: GivenLink,
  action: () => Promise<T>,
): Promise<{ readonly result: T; readonly refused: readonly string[]; readonly followed: number }> {
  const refused: string[] = [];
  let followed = 0;
  const ending = new AbortController();
  const viewers = (async () => {
    while (!ending.signal.aborted) {
      for (const link of [given, linkFromApi(cloud)]) {
        const status = await follow(cloud, link);
        followed += 1;
        if (status !== 200) refused.push(`a link of slot ${link.slot}: ${status}`);
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  })();
  // What stops them is told when they are waited for, behind the action.
  viewers.catch(() => undefined);
  try {
    const result = await action();
    ending.abort();
    await viewers;
    return { result, refused, followed };
  } finally {
    ending.abort();
  }
}
