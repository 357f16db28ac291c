import type { EndpointName } from "@mam-infra/clients/digitalocean/endpoints";

import { ageOf } from "../context/age.ts";
import type { SparingApi } from "../platform/sparing/sparing-api.ts";
import type { StatusParts } from "./judgement.ts";

/** When parts were asked for that are shown from memory, ISO 8601; the others were asked for just now. */
export type PartTimes = Readonly<Partial<Record<keyof StatusParts, string>>>;

/** The calls of DigitalOcean that each part is made from. The other parts ask services, Wasabi or Spaces, each time. */
export const callsOf = {
  running: ["listApps"],
  instances: ["listApps", "getAppHealth"],
  databases: ["listDatabases"],
  // Which checks there are changes with a deployment; what they see changes by itself.
  uptime: ["getUptimeState"],
  drift: ["listApps", "listDatabases", "listConnectionPools"],
  data: ["getDatabaseFirewall", "listDatabases"],
} as const satisfies Partial<Record<keyof StatusParts, readonly EndpointName[]>>;

/** When each part was asked for. */
export function partTimes({ asOf }: Pick<SparingApi, "asOf">): PartTimes {
  const times = Object.entries(callsOf).flatMap(([part, calls]) => {
    const at = asOf(calls);
    return at ? [[part, at.toISOString()] as const] : [];
  });
  return Object.fromEntries(times);
}

/** Seconds from which on it is said how old a part is: no watch looks more often. */
const worthSaying = 90;

/** The parts that are older than a look, and how old; the labels are those of the screen. */
export function agesLine(
  times: PartTimes,
  labels: Readonly<Record<keyof StatusParts, string>>,
  now: Date,
): string | undefined {
  const old = (Object.keys(callsOf) as (keyof typeof callsOf)[]).flatMap((part) => {
    const at = new Date(times[part] ?? now);
    return now.getTime() - at.getTime() < worthSaying * 1000
      ? []
      : [`${labels[part]} ${ageOf(at, now)}`];
  });
  return old.length === 0 ? undefined : `Asked longer ago: ${old.join(", ")}.`;
}
