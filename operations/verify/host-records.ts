import { requiredRecords } from "../../constructs/domain/required-records.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Comparison } from "./comparison.ts";
import type { ObservedState } from "../platform/observed-state.ts";

/**
 * Addresses of App Platform for a host that is the zone itself, beside those of IPv4 in the required records. Source:
 * docs.digitalocean.com/products/app-platform/details/static-ips-egress.
 */
const apexAddresses = ["2606:4700:7::60", "2a06:98c1:58::60"];

type ZoneRecord = ObservedState["records"][number];

/** A record of a host in a zone of the account. */
interface HostRecord {
  readonly host: string;
  readonly type: string;
  readonly value: string;
}

/**
 * Records that a host lacks, in a zone of the account. App Platform makes them once, for a host that is new to the app:
 * when somebody deletes them, or the zone, nothing brings them back but this line.
 *
 * @param ingress host of the app's default address.
 * @param hosts those that are looked at.
 */
export function missingRecords(
  config: EnvironmentConfig,
  records: readonly ZoneRecord[],
  ingress: string,
  hosts: readonly string[],
): Comparison[] {
  const { zone } = config.domain;
  const standing = pointersOf(records, zone, hosts);
  return ownRecords(config, ingress, hosts)
    .filter((own) => !standing.some((record) => isSame(own, record)))
    .map((own) => ({
      resource: `the record of ${own.host}`,
      expected: `${own.type} ${own.value}`,
      found: undefined,
      fix: `\`${recordLine(zone, own)}\``,
    }));
}

/**
 * Records of a host that are not App Platform's own: beside them it cannot make its own.
 *
 * @param ingress host of the app's default address; undefined without an app, when none is its own.
 */
export function strangeRecords(
  config: EnvironmentConfig,
  records: readonly ZoneRecord[],
  ingress: string | undefined,
): Comparison[] {
  const { zone, appHost, mediaHost } = config.domain;
  const hosts = [appHost, mediaHost];
  const apex = hosts
    .filter((host) => host === zone)
    .flatMap((host) => apexAddresses.map((value) => ({ host, type: "AAAA", value })));
  const own = ingress === undefined ? [] : [...ownRecords(config, ingress, hosts), ...apex];
  return pointersOf(records, zone, hosts)
    .filter((record) => !own.some((one) => isSame(one, record)))
    .map(({ id, type, host, value }) => ({
      resource: `${host} ${type}`,
      expected: "App Platform's own record",
      found: value,
      fix: `\`doctl compute domain records delete ${zone} ${id}\``,
    }));
}

function ownRecords(
  config: EnvironmentConfig,
  ingress: string,
  hosts: readonly string[],
): HostRecord[] {
  return requiredRecords(config, ingress)
    .filter(({ type, name }) => type !== "CAA" && hosts.includes(name))
    .map(({ name, type, value }) => ({ host: name, type, value }));
}

function pointersOf(records: readonly ZoneRecord[], zone: string, hosts: readonly string[]) {
  return records
    .filter(({ type }) => ["A", "AAAA", "CNAME"].includes(type))
    .map(({ id, type, name, data }) => ({
      id,
      type,
      host: name === "@" ? zone : `${name}.${zone}`,
      value: data.replace(/\.$/, ""),
    }))
    .filter(({ host }) => hosts.includes(host));
}

function isSame(one: HostRecord, other: HostRecord): boolean {
  return one.host === other.host && one.type === other.type && one.value === other.value;
}

/** The line that makes a record; a name that is no address is written with its final dot. */
function recordLine(zone: string, { host, type, value }: HostRecord): string {
  const name = host === zone ? "@" : host.slice(0, -zone.length - 1);
  const data = type === "CNAME" ? `${value}.` : value;
  return `doctl compute domain records create ${zone} --record-type ${type} --record-name ${name} --record-data ${data} --record-ttl 1800`;
}
