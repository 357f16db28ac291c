import { notFound, unprocessable } from "../api/errors.ts";
import { assignToProject, unassign } from "../projects/assignments.ts";
import type { Store } from "../store.ts";
import type { DnsRecord, Domain } from "./model.ts";

/** What a record is asked to be. */
export interface RecordRequest {
  readonly type: DnsRecord["type"];
  readonly name: string;
  readonly data: string;
  readonly priority?: number | null;
  readonly port?: number | null;
  readonly ttl?: number;
  readonly weight?: number | null;
  readonly flags?: number | null;
  readonly tag?: string | null;
}

const defaultTtl = 1800;

/** Types whose data is a host name: written with a final dot, read back without it. */
const hostTypes: readonly string[] = ["CNAME", "MX", "NS", "SRV"];

/** Finds a zone. @throws ApiError 404. */
export function findDomain({ domains }: Store, name: string): Domain {
  const domain = domains.find((one) => one.name === name);
  if (!domain) throw notFound("The resource you were accessing could not be found.");
  return domain;
}

/** Finds a record. @throws ApiError 404. */
export function findRecord({ records }: Domain, id: string): DnsRecord {
  const record = records.find((one) => String(one.id) === id);
  if (!record) throw notFound("The resource you were accessing could not be found.");
  return record;
}

/**
 * Creates a zone with the platform's own SOA and NS records, and an A record when an address is given.
 *
 * @throws ApiError 422 when the name is taken: by this account or, on the real platform, by any other.
 */
export function createDomain(
  store: Store,
  name: string,
  address: string | undefined,
  at: Date,
): Domain {
  if (store.domains.some((domain) => domain.name === name)) {
    throw unprocessable("Name already exists");
  }
  const domain: Domain = { name, ttl: defaultTtl, records: [] };
  store.domains.push(domain);
  append(store, domain, { type: "SOA", name: "@", data: "1800", ttl: defaultTtl });
  for (const host of ["ns1", "ns2", "ns3"]) {
    append(store, domain, { type: "NS", name: "@", data: `${host}.digitalocean.com` });
  }
  if (address) append(store, domain, { type: "A", name: "@", data: address });
  assignToProject(store, `do:domain:${name}`, undefined, at);
  return domain;
}

/** Deletes a zone with everything in it. */
export function deleteDomain(store: Store, domain: Domain): void {
  store.domains.splice(store.domains.indexOf(domain), 1);
  unassign(store, `do:domain:${domain.name}`);
}

function append(store: Store, domain: Domain, request: RecordRequest): DnsRecord {
  const { type, name, data, priority, port, ttl, weight, flags, tag } = request;
  store.nextRecordId += 1;
  const record: DnsRecord = {
    id: store.nextRecordId,
    type,
    name,
    data,
    priority: priority ?? null,
    port: port ?? null,
    ttl: ttl ?? domain.ttl,
    weight: weight ?? null,
    flags: flags ?? null,
    tag: tag === "" ? null : (tag ?? null),
  };
  domain.records.push(record);
  alignTtl(domain, record);
  return record;
}

/** Records of the same name and type share a time to live: RFC 2181 5.2, and the platform sees to it. */
function alignTtl({ records }: Domain, changed: DnsRecord): void {
  records
    .filter(({ name, type }) => name === changed.name && type === changed.type)
    .forEach((record) => {
      record.ttl = changed.ttl;
    });
}

const isHostData = ({ type, tag }: Pick<RecordRequest, "type" | "tag">) =>
  hostTypes.includes(type) || (type === "CAA" && tag !== "iodef");

function storedData(request: RecordRequest): string {
  const { data } = request;
  if (!isHostData(request) || data === "@") return data;
  if (!data.endsWith(".")) throw unprocessable("Data needs to end with a dot (.)");
  return data.slice(0, -1);
}

function mustNotCollide({ records }: Domain, request: RecordRequest, except?: DnsRecord): void {
  const { name, type } = request;
  if (type === "CNAME" && name === "@") {
    throw unprocessable("CNAME records cannot be created at the apex of a domain");
  }
  const others = records.filter((record) => record !== except && record.name === name);
  const collides =
    type === "CNAME" ? others.length > 0 : others.some((record) => record.type === "CNAME");
  if (collides) throw unprocessable("CNAME records cannot share a name with other records");
}

/**
 * Creates a record.
 *
 * @throws ApiError 422 for a CNAME that shares its name, and for a host name without its final dot.
 */
export function createRecord(store: Store, domain: Domain, request: RecordRequest): DnsRecord {
  mustNotCollide(domain, request);
  return append(store, domain, { ...request, data: storedData(request) });
}

/** Changes a record; its type stays. @throws ApiError 422 as {@link createRecord}. */
export function updateRecord(
  domain: Domain,
  record: DnsRecord,
  change: Partial<RecordRequest>,
): DnsRecord {
  const { name = record.name, tag = record.tag, data, ttl = record.ttl } = change;
  const { priority, port, weight, flags } = { ...record, ...change };
  const request = { type: record.type, name, tag, data: data ?? "" };
  mustNotCollide(domain, request, record);
  if (data !== undefined) record.data = storedData(request);
  Object.assign(record, { name, ttl, priority, port, weight, flags, tag: tag === "" ? null : tag });
  alignTtl(domain, record);
  return record;
}

/** Deletes a record. */
export function deleteRecord(domain: Domain, record: DnsRecord): void {
  domain.records.splice(domain.records.indexOf(record), 1);
}

/** A host's full name: `@` is the zone itself. */
export const fullName = (record: DnsRecord, domain: Domain) =>
  record.name === "@" ? domain.name : `${record.name}.${domain.name}`;

const dataInZoneFile = ({ type, data, flags, tag }: DnsRecord) =>
  type === "CAA" ? `${flags ?? 0} ${tag ?? "issue"} "${data}"` : data;

/** A zone as the API shows it. */
export function describeDomain(domain: Domain) {
  const lines = domain.records.map(
    (record) =>
      `${fullName(record, domain)}. ${record.ttl} IN ${record.type} ${dataInZoneFile(record)}`,
  );
  return {
    name: domain.name,
    ttl: domain.ttl,
    zone_file: [`$ORIGIN ${domain.name}.`, `$TTL ${domain.ttl}`, ...lines, ""].join("\n"),
  };
}
