import { certificateAuthorities } from "../../../constructs/domain/certificate-authorities.ts";
import { requiredRecords } from "../../../constructs/domain/required-records.ts";
import type { EnvironmentConfig } from "../../../environments/schema.ts";
import { type Check, NotTried, type Observation } from "../../command/check.ts";
import type { Session } from "../../command/session.ts";
import type { DoctorContext } from "../context.ts";
import { allowedAuthorities, answersTo, isServerFailure } from "../names.ts";
import { needing } from "../needing.ts";

/** Name servers of DigitalOcean (docs.digitalocean.com/products/networking/dns/getting-started/dns-registrars). */
const nameServers = ["ns1", "ns2", "ns3"].map((host) => `${host}.digitalocean.com`);

/**
 * Addresses of App Platform for a host that is the zone itself, beside those of IPv4 in the required records. Source:
 * docs.digitalocean.com/products/app-platform/details/static-ips-egress.
 */
const apexAddresses = ["2606:4700:7::60", "2a06:98c1:58::60"];

/** Whether the hosts can lead to the app, and get certificates. */
export const domainChecks: readonly Check<DoctorContext>[] = needing(undefined, [
  {
    id: "zone-delegation",
    severity: "error",
    what: "The zone is delegated to DigitalOcean's name servers, where it is managed there.",
    why: "Nobody finds the hosts, and no certificate is issued for them.",
    fix: `set the name servers ${nameServers.join(", ")} at the registrar, or in the zone above`,
    look: lookAtDelegation,
  },
  {
    id: "host-records",
    severity: "error",
    what: "The hosts lead to the app, where their zone is managed elsewhere.",
    why: "Nobody reaches the app under its hosts, and no certificate is issued for them.",
    fix: "create the records that the finding names where the zone is managed",
    look: lookAtHostRecords,
  },
  {
    id: "leftover-records",
    severity: "error",
    what: "No record of the hosts in the zone leads elsewhere.",
    why: "App Platform cannot create its own record beside it, and the certificate stays pending.",
    fix: "delete the record",
    look: lookAtLeftovers,
  },
  {
    id: "certificate-authorities",
    severity: "error",
    what: `CAA records of the hosts allow ${certificateAuthorities.join(" and ")}, or nobody is excluded.`,
    why: "App Platform gets its certificates from both, and the next renewal fails without warning.",
    fix: "add the CAA record that the finding names",
    look: lookAtAuthorities,
  },
]);

function mustBeManagedBy({ domain }: EnvironmentConfig, manager: "digitalocean" | "elsewhere") {
  if (domain.zoneManagedBy === manager) return;
  throw new NotTried(`domain.zoneManagedBy is ${domain.zoneManagedBy}`);
}

async function lookAtDelegation({ session, records }: DoctorContext): Promise<Observation[]> {
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

/** Host of the app's default address. @throws NotTried when there is no app yet. */
async function ingressOf({ app }: DoctorContext): Promise<string> {
  const ingress = (await app())?.default_ingress;
  if (!ingress)
    throw new NotTried("there is no app yet; its first deployment says where they lead");
  return new URL(ingress).host;
}

async function lookAtHostRecords(context: DoctorContext): Promise<Observation[]> {
  const { config } = context.session.environment;
  mustBeManagedBy(config, "elsewhere");
  const wanted = requiredRecords(config, await ingressOf(context)).filter(
    ({ type }) => type !== "CAA",
  );
  const observations = await Promise.all(
    wanted.map(async ({ name, type, value }) => {
      const found = await recordsOf(context.session, name);
      if (found.includes(`${type} ${value}`)) return [];
      return [
        {
          resource: name,
          expected: `${type} ${value}`,
          found: found.length > 0 ? found.join(", ") : "no record",
          fix: `create the record ${name} ${type} ${value}, and remove others of that name`,
        },
      ];
    }),
  );
  return observations.flat();
}

/** What a name leads to: its alias, or else its addresses. */
async function recordsOf({ connections }: Session, host: string): Promise<string[]> {
  const { dns } = connections.internet();
  const aliases = await answersTo(dns.resolveCname(host));
  if (aliases.length > 0) return aliases.map((alias) => `CNAME ${alias}`);
  const [addresses, addresses6] = await Promise.all([
    answersTo(dns.resolve4(host)),
    answersTo(dns.resolve6(host)),
  ]);
  return [
    ...addresses.map((address) => `A ${address}`),
    ...addresses6.map((address) => `AAAA ${address}`),
  ];
}

async function lookAtLeftovers({ session, records, app }: DoctorContext): Promise<Observation[]> {
  const { config } = session.environment;
  mustBeManagedBy(config, "digitalocean");
  const { zone, appHost, mediaHost } = config.domain;
  const standing = await records();
  if (!standing) throw new NotTried(`the account does not have the zone ${zone} yet`);
  const ingress = (await app())?.default_ingress;
  const own = ingress ? ownRecords(config, new URL(ingress).host) : [];
  return standing
    .map((record) => ({ ...record, host: record.name === "@" ? zone : `${record.name}.${zone}` }))
    .filter(({ type, host }) => isPointer(type) && [appHost, mediaHost].includes(host))
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

async function lookAtAuthorities({ session, records }: DoctorContext): Promise<Observation[]> {
  const { domain } = session.environment.config;
  if (domain.zoneManagedBy === "digitalocean" && (await records()) === undefined) {
    throw new NotTried(`the zone ${domain.zone} does not exist yet; its CAA records come with it`);
  }
  const { dns } = session.connections.internet();
  const observations = await Promise.all(
    [domain.appHost, domain.mediaHost].map(async (host) => {
      const allowed = await allowedAuthorities(dns, host);
      if (!allowed) return [];
      return certificateAuthorities
        .filter((authority) => !allowed.includes(authority))
        .map((authority) => ({
          resource: host,
          expected: `CAA 0 issue "${authority}"`,
          found: allowed.length === 0 ? "nobody may" : `only ${allowed.join(", ")} may`,
          fix: `create the record ${domain.zone} CAA 0 issue "${authority}"`,
        }));
    }),
  );
  return observations.flat();
}
