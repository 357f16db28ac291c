import { z } from "zod";

import type { EnvironmentInput } from "../../../environments/schema/environment.ts";
import type { Described, Remark } from "../remark.ts";
import { type Roles, routesOf } from "../roles.ts";
import type { Standing } from "../standing.ts";
import { refused } from "./cluster.ts";

type Domain = EnvironmentInput["domain"];

const specDomains = z.array(
  z.looseObject({
    domain: z.string(),
    type: z.string().optional(),
    zone: z.string().optional(),
    wildcard: z.boolean().optional(),
  }),
);

type SpecDomain = z.output<typeof specDomains>[number];

/** First words of hosts that media is served from. */
const mediaWords = /^(media|edge|cdn|video|videos|stream|streams)\b/;

/** Hosts and zone. */
export function describeDomain(
  standing: Standing,
  roles: Roles,
  otherwise: Domain,
): Described<Domain> {
  const domains = specDomains.parse(standing.app.spec.domains ?? []);
  const media = mediaHostOf(
    standing,
    roles,
    domains.map(({ domain }) => domain),
  );
  const rest = domains.filter(({ domain }) => domain !== media);
  const primary = rest.find(({ type }) => type === "PRIMARY") ?? rest[0];
  const { appHost, zone } = primary ? placeOf(standing, primary) : newPlace(standing, otherwise);
  const mediaHost = media ?? freeHost(standing, ["media", "edge", "play", "video"], zone);
  const isServed = standing.zones.includes(zone);
  return {
    fields: {
      ...otherwise,
      zone,
      zoneManagedBy: isServed ? "digitalocean" : "elsewhere",
      appHost,
      mediaHost,
    },
    remarks: [
      ...(primary ? [] : [newHost("the app's host", appHost)]),
      ...(media === undefined ? [newHost("the host of media", mediaHost)] : []),
      ...zoneRemarks(zone, isServed),
      ...standing.authorities.map(otherAuthority),
      ...rest.filter((one) => one !== primary).map(({ domain }) => lostHost(domain)),
      ...domains
        .filter(({ wildcard }) => wildcard === true)
        .map(({ domain }) => wildcarded(domain)),
      ...outside([appHost, mediaHost], zone),
    ],
  };
}

/** The app's host as it stands, with the zone that it lies in. */
function placeOf(standing: Standing, { domain: appHost, zone }: SpecDomain) {
  return { appHost, zone: zoneOf(standing, appHost, zone) ?? parentOf(appHost) };
}

/** The app's host where it had none, with its zone. */
function newPlace(standing: Standing, { appHost, zone }: Domain) {
  const own = zoneOf(standing, appHost, undefined) ?? zone;
  if (!standing.takenHosts.includes(appHost)) return { appHost, zone: own };
  return { appHost: freeHost(standing, ["www", "app", "mam"], own), zone: own };
}

/** A host of a zone that leads nowhere yet; the first one where all of them do. */
function freeHost({ takenHosts }: Standing, words: readonly string[], zone: string): string {
  const hosts = words.map((word) => `${word}.${zone}`);
  return hosts.find((host) => !takenHosts.includes(host)) ?? hosts[0] ?? zone;
}

/** The host of the edge's own route, or else the one that is called like it. */
function mediaHostOf({ app }: Standing, { edge }: Roles, hosts: readonly string[]) {
  const routed = routesOf(app).find(
    ({ component, host }) => host !== undefined && component === edge,
  );
  const host = routed?.host ?? hosts.find((one) => mediaWords.test(one));
  return hosts.length > 1 ? hosts.find((one) => one === host) : undefined;
}

/** The zone that a host lies in: what the app says, or the longest that the account serves. */
function zoneOf({ zones }: Standing, host: string, said: string | undefined): string | undefined {
  if (said !== undefined && said !== "") return said;
  return zones
    .filter((zone) => host === zone || host.endsWith(`.${zone}`))
    .toSorted((one, other) => other.length - one.length)[0];
}

/** A zone for a host that none of the account's holds: the domain above it, unless that is a top-level one. */
function parentOf(host: string): string {
  const above = host.split(".").slice(1);
  return above.length > 1 && !registries.test(above.join(".")) ? above.join(".") : host;
}

/** Names under which a country's registry sells others, such as co.uk and com.au: nobody's zone but the registry's. */
const registries =
  /^(ac|asn|co|com|edu|firm|gen|go|gob|gouv|gov|gv|id|info|ltd|me|mil|ne|net|nhs|nom|or|org|plc|priv|sch|web)\.[a-z]{2}$/;

const newHost = (about: string, host: string): Remark => ({
  fate: "changed",
  about,
  what: `${host} is added to the app; there was none`,
  todo: "write another one into the file, if you want it",
});

function zoneRemarks(zone: string, isServed: boolean): Remark[] {
  const about = `the zone ${zone}`;
  return isServed
    ? [{ fate: "adopted", about, what: "with the records that stand in it, which nothing removes" }]
    : [
        {
          fate: "left",
          about,
          what: "DigitalOcean does not serve it: its records stay where they are kept",
          todo: "mam deploy says which records the hosts need",
        },
      ];
}

const otherAuthority = (authority: string): Remark => ({
  fate: "left",
  about: `the CAA record of ${authority}`,
  what: "nothing of the platform needs it, and mam verify names it until it goes",
  todo: "delete it once nobody gets certificates there: doctl compute domain records delete",
});

const lostHost = (host: string): Remark => ({
  fate: "lost",
  about: `the host ${host}`,
  what: "an environment has one host for the app and one for media: with the first deployment the app stops answering it",
  todo: `redirect it to the app's host where its zone is kept`,
});

const wildcarded = (host: string): Remark => ({
  fate: "changed",
  about: `the host ${host}`,
  what: "it is a wildcard: from the first deployment on only the host itself is answered",
});

const outside = (hosts: readonly string[], zone: string): Remark[] =>
  hosts
    .filter((host) => host !== zone && !host.endsWith(`.${zone}`))
    .map((host) =>
      refused(
        `the host ${host}`,
        `it lies outside the zone ${zone}, and both hosts of an environment lie in one zone`,
        "give the app a host in that zone first",
      ),
    );
