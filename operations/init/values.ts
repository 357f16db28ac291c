import ipaddr from "ipaddr.js";

import { reservedRanges } from "../../environments/platform/reserved-ranges.ts";
import { rangesOverlap } from "../../environments/rules/network.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { NotConfigured } from "../context/credentials.ts";

/** A value that two environments must not share, with what it becomes. */
export interface NewValue {
  /** Where it stands in the file, such as `network.vpcCidr`. */
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/**
 * What a new environment cannot have in common with the one that it is made from: its name, the address range of its VPC,
 * the prefix of its buckets, its zone and its hosts. Everything else stays: sizes, recipients, the state bucket of the tier.
 *
 * @param all every environment that there is: ranges are free beside all of them.
 * @throws NotConfigured when no range is free.
 */
export function newValues(
  name: string,
  source: EnvironmentConfig,
  all: readonly EnvironmentConfig[],
): readonly NewValue[] {
  const { domain, network, storage } = source;
  const zone = named(domain.zone, source.name, name) ?? `${name}.${domain.zone}`;
  const host = (from: string) => {
    const isInside = from.endsWith(`.${domain.zone}`);
    return isInside ? from.slice(0, -domain.zone.length) + zone : `${name}-${from}`;
  };
  return [
    { path: "name", from: source.name, to: name },
    { path: "network.vpcCidr", from: network.vpcCidr, to: freeRange(source, all) },
    {
      path: "storage.bucketPrefix",
      from: storage.bucketPrefix,
      to: named(storage.bucketPrefix, source.name, name) ?? `${storage.bucketPrefix}-${name}`,
    },
    { path: "domain.zone", from: domain.zone, to: zone },
    { path: "domain.appHost", from: domain.appHost, to: host(domain.appHost) },
    { path: "domain.mediaHost", from: domain.mediaHost, to: host(domain.mediaHost) },
  ];
}

/** What another environment says, with the values that a new one has of its own. */
export function withValues(config: unknown, values: readonly NewValue[]): unknown {
  const copy = structuredClone(config) as Record<string, unknown>;
  for (const { path, to } of values) {
    const keys = path.split(".");
    const last = keys.pop() ?? path;
    const group = keys.reduce((now, key) => now[key] as Record<string, unknown>, copy);
    group[last] = to;
  }
  return copy;
}

/** A text with another environment's name in it, as a word; undefined when the name is not in it. */
function named(text: string, from: string, to: string): string | undefined {
  const word = new RegExp(`(^|[.-])${from}(?=[.-]|$)`);
  return word.test(text) ? text.replace(word, `$1${to}`) : undefined;
}

/** The next range of the same size, behind that of the source, which overlaps with no other and is not reserved. */
function freeRange(
  { name, network: { vpcCidr, region } }: EnvironmentConfig,
  all: readonly EnvironmentConfig[],
): string {
  const [address, bits] = ipaddr.IPv4.parseCIDR(vpcCidr);
  const taken = [
    ...all.map(({ network }) => network.vpcCidr),
    ...reservedRanges
      .filter((range) => range.region === undefined || range.region === region)
      .map(({ cidr }) => cidr),
  ];
  const size = 2 ** (32 - bits);
  const first = Math.floor(numberOf(address) / size) * size;
  // The ranges of the environments that we ship stand 65536 addresses apart, so that each can grow.
  const step = Math.max(size, 2 ** 16);
  for (let next = first + step; next < 2 ** 32; next += step) {
    const range = `${addressOf(next)}/${bits}`;
    if (ipaddr.IPv4.parseCIDR(range)[0].range() !== "private") break;
    if (!taken.some((one) => rangesOverlap(one, range))) return range;
  }
  throw new NotConfigured(
    `No range of ${size} addresses is free behind ${vpcCidr}, that of ${name}.\n` +
      "  fix: write the new environment by hand, as docs/environments.md shows, with a range in front of it or a smaller one",
  );
}

const numberOf = (address: ipaddr.IPv4) =>
  address.octets.reduce((number, octet) => number * 256 + octet, 0);

const addressOf = (number: number) =>
  [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(number / unit) % 256).join(".");
