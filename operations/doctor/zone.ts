import { NotTried, type Observation } from "../command/check.ts";
import { observationsOf } from "../verify/comparison.ts";
import { strangeRecords } from "../verify/host-records.ts";
import type { DoctorContext } from "./context.ts";
import { mustBeManagedBy } from "./managed-by.ts";
import { answersTo, isServerFailure } from "./names.ts";
import { takenHosts } from "./taken-hosts.ts";

/** Name servers of DigitalOcean (docs.digitalocean.com/products/networking/dns/getting-started/dns-registrars). */
export const nameServers = ["ns1", "ns2", "ns3"].map((host) => `${host}.digitalocean.com`);

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
  const { zone } = config.domain;
  const standing = await records();
  if (!standing) throw new NotTried(`the account does not have the zone ${zone} yet`);
  const ingress = (await app())?.default_ingress;
  // The record of a live site is nobody's left-over: another check says whose the host is.
  const taken = takenHosts(session, await apps()).map(({ host }) => host);
  const hostOf = ({ name }: { readonly name: string }) => (name === "@" ? zone : `${name}.${zone}`);
  return observationsOf(
    strangeRecords(
      config,
      standing.filter((record) => !taken.includes(hostOf(record))),
      ingress ? new URL(ingress).host : undefined,
    ),
  );
}
