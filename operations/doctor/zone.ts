import { requiredRecords } from "../../constructs/domain/required-records.ts";
import type { EnvironmentConfig } from "../../environments/schema.ts";
import { NotTried, type Observation } from "../command/check.ts";
import type { DoctorContext } from "./context.ts";
import { mustBeManagedBy } from "./managed-by.ts";
import { answersTo, isServerFailure } from "./names.ts";
import { takenHosts } from "./taken-hosts.ts";

/** Name servers of DigitalOcean (docs.digitalocean.com/products/networking/dns/getting-started/dns-registrars). */
export const nameServers = ["ns1", "ns2", "ns3"].map((host) => `${host}.digitalocean.com`);

/**
 * Addresses of App Platform for a host that is the zone itself, beside those of IPv4 in the required records. Source:
 * docs.digitalocean.com/products/app-platform/details/static-ips-egress.
 */
const apexAddresses = ["2606:4700:7::60", "2a06:98c1:58::60"];

/** To whom a zone that DigitalOcean manages is delegated. */
export async function lookAtDelegation({
  session,
  records,
}: DoctorContext): Promise<Observation[]> {
  const { config } = session.environment;
  mustBeManagedBy(config, "digitalocean");
  const { zone } = config.domain;
  try {
    const found = await answersTo(session.connections.internet().dns.resolveNs(zone));
    const servers = found.map((name) => name.toLowerCase()).toSorted();
    if (servers.join() === nameServers.join()) return [];
    const shown = servers.length > 0 ? servers.join(", ") : "none: it is not delegated";
    return [{ resource: `the zone ${zone}`, expected: nameServers.join(", "), found: shown }];
  } catch (error) {
    if (!isServerFailure(error)) throw error;
    if ((await records()) === undefined) {
      throw new NotTried(`${zone} is delegated, and to whom shows once the zone exists`);
    }
    const found = "a failure of the servers that it is delegated to";
    return [{ resource: `the zone ${zone}`, expected: nameServers.join(", "), found }];
  }
}

/** Records of the hosts in a zone that DigitalOcean manages, other than App Platform's own. */
export async function lookAtLeftovers({
  session,
  records,
  app,
  apps,
}: DoctorContext): Promise<Observation[]> {
  const { config } = session.environment;
  mustBeManagedBy(config, "digitalocean");
  const { zone, appHost, mediaHost } = config.domain;
  const standing = await records();
  if (!standing) throw new NotTried(`the account does not have the zone ${zone} yet`);
  const ingress = (await app())?.default_ingress;
  const own = ingress ? ownRecords(config, new URL(ingress).host) : [];
  // The record of a live site is nobody's left-over: another check says whose the host is.
  const taken = takenHosts(session, await apps()).map(({ host }) => host);
  return standing
    .map((record) => ({ ...record, host: record.name === "@" ? zone : `${record.name}.${zone}` }))
    .filter(({ type, host }) => isPointer(type) && [appHost, mediaHost].includes(host))
    .filter(({ host }) => !taken.includes(host))
    .filter(({ type, host, data }) => !own.includes(`${host} ${type} ${data.replace(/\.$/, "")}`))
    .map(({ id, type, host, data }) => ({
      resource: `${host} ${type}`,
      expected: "App Platform's own record",
      found: data,
      fix: `doctl compute domain records delete ${zone} ${id}`,
    }));
}

const isPointer = (type: string) => ["A", "AAAA", "CNAME"].includes(type);

function ownRecords(config: EnvironmentConfig, ingress: string): string[] {
  const { zone, appHost, mediaHost } = config.domain;
  const apex = [appHost, mediaHost].filter((host) => host === zone);
  return [
    ...requiredRecords(config, ingress).map(({ name, type, value }) => `${name} ${type} ${value}`),
    ...apex.flatMap((host) => apexAddresses.map((address) => `${host} AAAA ${address}`)),
  ];
}
