import { randomUUID } from "node:crypto";

import { conflict, forbidden, notFound, unprocessable } from "../api/errors.ts";
import { addressAt, isPrivate, prefixLength, rangesOverlap } from "../networks.ts";
import { isDatacentre } from "../regions.ts";
import { isSold } from "../withdrawn.ts";
import type { Store } from "../store.ts";
import type { Vpc } from "./model.ts";

/** What a new network is asked to be. */
export interface VpcRequest {
  readonly name: string;
  readonly region: string;
  readonly description?: string;
  readonly ip_range?: string;
}

/**
 * Ranges that DigitalOcean keeps for itself; where a region is named, only there. Source:
 * docs.digitalocean.com/products/networking/vpc/concepts/plan-your-network.
 */
const reservedRanges: readonly { readonly cidr: string; readonly region?: string }[] = [
  { cidr: "10.244.0.0/16" },
  { cidr: "10.245.0.0/16" },
  { cidr: "10.246.0.0/24" },
  { cidr: "10.229.0.0/16" },
  { cidr: "10.10.0.0/16", region: "nyc1" },
];

const [smallest, largest] = [28, 16];

/** Finds a network. @throws ApiError 404. */
export function findVpc({ vpcs }: Store, id: string): Vpc {
  const vpc = vpcs.find((one) => one.id === id);
  if (!vpc) throw notFound();
  return vpc;
}

/**
 * Creates a network. The first one of a region becomes the region's default, which nobody can delete again.
 *
 * @throws ApiError 422 when the name is taken, the region unknown, or the range not private, of a wrong size, reserved
 * or overlapping another network of the account.
 */
export function createVpc(store: Store, request: VpcRequest, at: Date): Vpc {
  const { name, region, description = "" } = request;
  if (!isDatacentre(region) || !isSold(store, region))
    throw unprocessable(`region ${region} is not available`);
  if (store.vpcs.some((vpc) => vpc.name === name)) {
    throw unprocessable(`a VPC with the name ${name} already exists`);
  }
  const range = request.ip_range ?? freeRange(store, region);
  checkRange(store, range, region);
  const id = randomUUID();
  const vpc: Vpc = {
    id,
    urn: `do:vpc:${id}`,
    name,
    description,
    region,
    ip_range: range,
    default: !store.vpcs.some((other) => other.region === region),
    created_at: at.toISOString(),
  };
  store.vpcs.push(vpc);
  return vpc;
}

function checkRange({ vpcs }: Store, range: string, region: string): void {
  const bits = prefixLength(range);
  if (!isPrivate(range)) throw unprocessable(`ip_range ${range} must be a private range`);
  if (bits < largest || bits > smallest) {
    throw unprocessable(`ip_range ${range} must be between /${largest} and /${smallest} in size`);
  }
  const reserved = reservedRanges.find(
    (one) => (one.region ?? region) === region && rangesOverlap(one.cidr, range),
  );
  if (reserved)
    throw unprocessable(`ip_range ${range} overlaps ${reserved.cidr}, which is reserved`);
  if (vpcs.some((vpc) => rangesOverlap(vpc.ip_range, range))) {
    throw unprocessable("This range/size overlaps with another VPC network in your account");
  }
}

function freeRange({ vpcs }: Store, region: string): string {
  for (let position = 0; position < 256; position += 1) {
    const candidate = `${addressAt("10.100.0.0/12", position * 4096)}/20`;
    const taken = [...vpcs.map((vpc) => vpc.ip_range), ...reservedRanges.map(({ cidr }) => cidr)];
    if (!taken.some((range) => rangesOverlap(range, candidate))) return candidate;
  }
  throw unprocessable(`no free range is left for a VPC in ${region}`);
}

/** The default network of a region, created when the region has none: databases without a network go there. */
export function defaultVpc(store: Store, region: string, at: Date): Vpc {
  return (
    store.vpcs.find((vpc) => vpc.region === region && vpc.default) ??
    createVpc(store, { name: `default-${region}`, region }, at)
  );
}

/** Something that stands in a network. */
export interface VpcMember {
  readonly urn: string;
  readonly name: string;
  readonly created_at: string;
}

/** Everything that stands in a network, a database that is being destroyed included. */
export function membersOf({ databases, apps, droplets }: Store, vpcId: string): VpcMember[] {
  return [
    ...databases
      .filter((database) => database.private_network_uuid === vpcId)
      .map(({ id, name, created_at }) => ({ urn: `do:dbaas:${id}`, name, created_at })),
    ...apps
      .filter((app) => app.spec.vpc?.id === vpcId)
      .map(({ id, spec, created_at }) => ({ urn: `do:app:${id}`, name: spec.name, created_at })),
    ...droplets
      .filter((droplet) => droplet.vpc_uuid === vpcId)
      .map(({ id, name, created_at }) => ({ urn: `do:droplet:${id}`, name, created_at })),
  ];
}

/**
 * Changes name, description or default.
 *
 * @throws ApiError 422 when the name is taken.
 */
export function updateVpc(
  store: Store,
  vpc: Vpc,
  change: { name?: string; description?: string; default?: boolean },
): Vpc {
  const { name } = change;
  if (name !== undefined && store.vpcs.some((other) => other !== vpc && other.name === name)) {
    throw unprocessable(`a VPC with the name ${name} already exists`);
  }
  if (change.default) {
    store.vpcs
      .filter((other) => other.region === vpc.region)
      .forEach((other) => {
        other.default = false;
      });
    vpc.default = true;
  }
  vpc.name = name ?? vpc.name;
  vpc.description = change.description ?? vpc.description;
  return vpc;
}

/**
 * Deletes a network.
 *
 * @throws ApiError 403 for a region's default, 409 while something stands in it.
 */
export function deleteVpc(store: Store, vpc: Vpc): void {
  if (vpc.default) throw forbidden("Can not delete default VPCs");
  const members = membersOf(store, vpc.id);
  if (members.length > 0) throw conflict("Can not delete VPC with members");
  store.vpcs.splice(store.vpcs.indexOf(vpc), 1);
}
