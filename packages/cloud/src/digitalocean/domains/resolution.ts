import {
  type DnsAnswer,
  type RecordType,
  type ResourceRecord,
  isAuthorityTag,
  responseCodes,
} from "../../internet/dns-answer.ts";
import type { Store } from "../store.ts";
import { fullName } from "./domain.ts";
import type { DnsRecord, Domain } from "./model.ts";

/** Name servers of the zones that DigitalOcean manages (docs.digitalocean.com/products/networking/dns/getting-started/dns-registrars). */
export const nameServers = ["ns1.digitalocean.com", "ns2.digitalocean.com", "ns3.digitalocean.com"];

const found = (records: readonly ResourceRecord[]): DnsAnswer => ({
  code: responseCodes.answered,
  records,
});
const noSuchName: DnsAnswer = { code: responseCodes.noSuchName, records: [] };

/** What a resolver says when the servers that a zone is delegated to do not know it. */
const failure: DnsAnswer = { code: responseCodes.serverFailure, records: [] };

/** Address of an app's own host. */
const ingressAddress = "162.159.140.98";

/**
 * What the domain name system answers: by the account's zones where they are delegated to DigitalOcean, and by what
 * the seed says about names that the account does not manage. A zone exists for the world once it is delegated, so a
 * zone of the account alone is not found.
 *
 * @param type undefined for a type that no record has.
 */
export function resolveName(store: Store, name: string, type: RecordType | undefined): DnsAnswer {
  const zone = delegatedZone(store, name);
  if (zone === undefined) return resolveElsewhere(store, name, type);
  const servers = store.delegations[zone] ?? [];
  const isOurs = servers.join() === nameServers.join();
  const domain = store.domains.find((one) => one.name === zone);
  if (isOurs && !domain) return failure;
  if (name === zone && type === "NS") {
    return found(servers.map((data) => ({ name, type: "NS", data })));
  }
  return isOurs && domain ? resolveInZone(domain, name, type) : resolveElsewhere(store, name, type);
}

/** The delegated zone that a name lies in: the longest of them. */
function delegatedZone({ delegations }: Store, name: string): string | undefined {
  return Object.keys(delegations)
    .filter((zone) => name === zone || name.endsWith(`.${zone}`))
    .toSorted((one, other) => other.length - one.length)[0];
}

function resolveInZone(domain: Domain, name: string, type: RecordType | undefined): DnsAnswer {
  const records = domain.records.filter((record) => fullName(record, domain) === name);
  if (records.length === 0) return noSuchName;
  return found(
    records
      .filter((record) => record.type === type || record.type === "CNAME")
      .flatMap((record) => resourceRecord(record, name)),
  );
}

function resourceRecord(record: DnsRecord, name: string): ResourceRecord[] {
  const { type, data } = record;
  if (type === "CAA") {
    const tag = record.tag ?? "issue";
    return isAuthorityTag(tag) ? [{ name, type, data, flags: record.flags ?? 0, tag }] : [];
  }
  return type === "A" || type === "CNAME" || type === "NS" ? [{ name, type, data }] : [];
}

function resolveElsewhere(store: Store, name: string, type: RecordType | undefined): DnsAnswer {
  const authorities = store.externalAuthorities[name];
  if (authorities && type === "CAA") {
    return found(authorities.map((data) => ({ name, type, flags: 0, tag: "issue", data })));
  }
  const target = store.externalRecords[name];
  if (target !== undefined) return found([{ name, type: "CNAME", data: target }]);
  const addresses = store.externalAddresses[name];
  if (addresses) {
    return found(type === "A" ? addresses.map((data) => ({ name, type, data })) : []);
  }
  const isIngress = store.apps.some((app) => new URL(app.default_ingress).host === name);
  if (isIngress) return found(type === "A" ? [{ name, type, data: ingressAddress }] : []);
  return authorities || store.delegations[name] ? found([]) : noSuchName;
}
