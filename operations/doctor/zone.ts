import { CheckSkipped, type Violation } from "../context/check.ts";
import type { Session } from "../context/session.ts";
import { violationsOf } from "../verify/comparison.ts";
import { strangeRecords } from "../verify/host-records.ts";
import type { DoctorContext } from "./context.ts";
import { mustBeManagedBy } from "./managed-by.ts";
import { answersTo, isServerFailure } from "./names.ts";
import { takenHosts } from "./taken-hosts.ts";

/** Name servers of DigitalOcean (docs.digitalocean.com/products/networking/dns/getting-started/dns-registrars). */
export const nameServers = ["ns1", "ns2", "ns3"].map((host) => `${host}.digitalocean.com`);

/** To whom the zone is delegated: to whoever is to manage it. */
export async function lookAtDelegation({ session, records }: DoctorContext): Promise<Violation[]> {
  const { zone, zoneManagedBy } = session.environment.config.domain;
  if (zoneManagedBy === "elsewhere") return lookElsewhere(session, zone, records);
  try {
    const servers = await serversOf(session, zone);
    if (servers.join() === nameServers.join()) return [];
    const shown = servers.length > 0 ? servers.join(", ") : "none: it is not delegated";
    return [{ resource: `the zone ${zone}`, expected: nameServers.join(", "), found: shown }];
  } catch (error) {
    if (!isServerFailure(error)) throw error;
    if ((await records()) === undefined) {
      throw new CheckSkipped(`${zone} is delegated, and to whom shows once the zone exists`);
    }
    const found = "a failure of the servers that it is delegated to";
    return [{ resource: `the zone ${zone}`, expected: nameServers.join(", "), found }];
  }
}

/**
 * A zone that is to be managed elsewhere and is still delegated to DigitalOcean: App Platform would take its records out
 * of it, and nobody would find the hosts.
 */
async function lookElsewhere(
  session: Session,
  zone: string,
  records: DoctorContext["records"],
): Promise<Violation[]> {
  const servers = await serversOf(session, zone);
  if (servers.join() !== nameServers.join() || !(await records())) return [];
  return [
    {
      resource: `the zone ${zone}`,
      expected: "other name servers, as domain.zoneManagedBy is elsewhere",
      found: servers.join(", "),
      fix: "copy its records, then set the other name servers at the registrar, and wait: docs/stateful-resources.md, A zone that moves elsewhere",
    },
  ];
}

async function serversOf({ clients }: Session, zone: string): Promise<string[]> {
  const found = await answersTo(clients.internet().dns.resolveNs(zone));
  return found.map((name) => name.toLowerCase()).toSorted();
}

/** Records of the hosts in a zone that DigitalOcean manages, other than App Platform's own. */
export async function lookAtLeftovers({
  session,
  records,
  app,
  apps,
}: DoctorContext): Promise<Violation[]> {
  const { config } = session.environment;
  mustBeManagedBy(config, "digitalocean");
  const { zone } = config.domain;
  const standing = await records();
  if (!standing) throw new CheckSkipped(`the account does not have the zone ${zone} yet`);
  const ingress = (await app())?.default_ingress;
  // The record of a live site is nobody's left-over: another check says whose the host is.
  const taken = takenHosts(session, await apps()).map(({ host }) => host);
  const hostOf = ({ name }: { readonly name: string }) => (name === "@" ? zone : `${name}.${zone}`);
  return violationsOf(
    strangeRecords(
      config,
      standing.filter((record) => !taken.includes(hostOf(record))),
      ingress ? new URL(ingress).host : undefined,
    ),
  );
}
