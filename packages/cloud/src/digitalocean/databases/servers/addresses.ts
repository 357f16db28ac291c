import ipaddr from "ipaddr.js";

import { addressAt, prefixLength, rangeContains } from "../../networks.ts";
import type { Store } from "../../store.ts";
import type { DatabaseCluster } from "../model.ts";

/** Every address of 127.0.0.0/8 is this machine's own on Linux; elsewhere only 127.0.0.1 is. */
const hasLoopbackRange = process.platform === "linux";

/** The address by which this machine stands for one of a private network: 10.a.b.c is 127.a.b.c. */
export const loopbackOf = (address: string) =>
  hasLoopbackRange ? address.replace(/^\d+/, "127") : "127.0.0.1";

/**
 * The address of a node in its network. Clusters have the last ones of the range; apps, as {@link vpcEgressAddress} says,
 * one of the first.
 *
 * @param place which of the network's clusters it is, from 0.
 */
export function nodeAddress(range: string, place: number): string {
  const [size, broadcast] = [2 ** (32 - prefixLength(range)), 1];
  return addressAt(range, size - broadcast - 1 - place);
}

const rangeOf = ({ vpcs }: Store, { private_network_uuid: id }: DatabaseCluster) =>
  vpcs.find((vpc) => vpc.id === id)?.ip_range;

/** The range of a cluster's network. @throws Error when it has none, which the API never lets happen. */
export function networkRange(store: Store, cluster: DatabaseCluster): string {
  const range = rangeOf(store, cluster);
  if (range === undefined) throw new Error(`Cluster ${cluster.name} is in no network.`);
  return range;
}

/**
 * The address in a cluster's network that a connection comes from; undefined when it comes from elsewhere. Where the
 * machine has one loopback address only, everything on it counts as in the network.
 *
 * @param remote address of the connection on this machine.
 */
export function sourceInNetwork(range: string, remote: string): string | undefined {
  if (!hasLoopbackRange) return addressAt(range, 1);
  const [network] = ipaddr.IPv4.parseCIDR(range);
  const source = remote.replace(/^\d+/, String(network.octets[0]));
  return remote !== "127.0.0.1" && rangeContains(range, source) ? source : undefined;
}

/**
 * The address on the internet that a person at this machine has for the public hosts of databases: one that is kept for
 * documentation (RFC 5737), so that only a rule for it, or for everybody, lets a person in.
 */
export const visitorAddress = "203.0.113.1";
