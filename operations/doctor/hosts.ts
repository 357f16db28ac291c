import { certificateAuthorities } from "../../constructs/domain/certificate-authorities.ts";
import { requiredRecords } from "../../constructs/domain/required-records.ts";
import { CheckSkipped, type Violation } from "../context/check.ts";
import type { Session } from "../context/session.ts";
import { violationsOf } from "../verify/comparison.ts";
import { activeHosts } from "../verify/domain.ts";
import { missingRecords } from "../verify/host-records.ts";
import type { DoctorContext } from "./context.ts";
import { allowedAuthorities, answersTo } from "./names.ts";

/** Where the hosts lead to: as the world sees it, or by the records of a zone of the account. */
export async function lookAtHostRecords(context: DoctorContext): Promise<Violation[]> {
  const { domain } = context.session.environment.config;
  return domain.zoneManagedBy === "elsewhere" ? lookElsewhere(context) : lookAtZone(context);
}

/** Records of hosts for which App Platform has done everything: it makes none of them again. */
async function lookAtZone({ session, records, app }: DoctorContext): Promise<Violation[]> {
  const { config } = session.environment;
  const [standing, found] = await Promise.all([records(), app()]);
  if (!found?.default_ingress) throw new CheckSkipped(noApp);
  if (!standing) throw new CheckSkipped(`the account does not have the zone ${config.domain.zone}`);
  const ingress = new URL(found.default_ingress).host;
  return violationsOf(missingRecords(config, standing, ingress, activeHosts(config, found)));
}

async function lookElsewhere(context: DoctorContext): Promise<Violation[]> {
  const { config } = context.session.environment;
  const wanted = requiredRecords(config, await ingressOf(context)).filter(
    ({ type }) => type !== "CAA",
  );
  const violations = await Promise.all(
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
  return violations.flat();
}

const noApp = "there is no app yet; its first deployment says where they lead";

/** Host of the app's default address. @throws CheckSkipped when there is no app yet. */
async function ingressOf({ app }: DoctorContext): Promise<string> {
  const ingress = (await app())?.default_ingress;
  if (!ingress) throw new CheckSkipped(noApp);
  return new URL(ingress).host;
}

/** What a name leads to: its alias, or else its addresses. */
async function recordsOf({ clients }: Session, host: string): Promise<string[]> {
  const { dns } = clients.internet();
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

/** Which of the certificate authorities that App Platform uses may not sign for the hosts. */
export async function lookAtAuthorities({ session, records }: DoctorContext): Promise<Violation[]> {
  const { domain } = session.environment.config;
  if (domain.zoneManagedBy === "digitalocean" && (await records()) === undefined) {
    throw new CheckSkipped(
      `the zone ${domain.zone} does not exist yet; its CAA records come with it`,
    );
  }
  const { dns } = session.clients.internet();
  const violations = await Promise.all(
    [domain.appHost, domain.mediaHost].map(async (host) => {
      const found = await allowedAuthorities(dns, host);
      // What a zone of the account says of all its names, a deployment puts right.
      const isMended =
        domain.zoneManagedBy === "digitalocean" && !found?.name.endsWith(`.${domain.zone}`);
      if (!found || isMended) return [];
      const { name, allowed } = found;
      return certificateAuthorities
        .filter((authority) => !allowed.includes(authority))
        .map((authority) => ({
          resource: host,
          expected: `CAA 0 issue "${authority}"`,
          found: allowed.length === 0 ? "nobody may" : `only ${allowed.join(", ")} may`,
          // The closest name that says anything is the only one that counts.
          fix: `create the record ${name} CAA 0 issue "${authority}"`,
        }));
    }),
  );
  return violations.flat();
}
