import ipaddr from "ipaddr.js";

import { reservedRanges } from "../platform/reserved-ranges.ts";
import type { Rule } from "./rule.ts";
import type { EnvironmentConfig } from "../schema/environment.ts";

const [smallestNetwork, largestNetwork] = [28, 16];

/** Whether two IPv4 ranges in CIDR notation share an address. */
export function rangesOverlap(first: string, second: string): boolean {
  const [firstAddress, firstBits] = ipaddr.IPv4.parseCIDR(first);
  const [secondAddress, secondBits] = ipaddr.IPv4.parseCIDR(second);
  const bits = Math.min(firstBits, secondBits);
  return firstAddress.match(secondAddress, bits);
}

const isPrivate = (cidr: string) => ipaddr.IPv4.parseCIDR(cidr)[0].range() === "private";

const prefixLength = (cidr: string) => ipaddr.IPv4.parseCIDR(cidr)[1];

const reservedBy = ({ network }: EnvironmentConfig) =>
  reservedRanges.find(
    ({ cidr, region }) =>
      (region === undefined || region === network.region) && rangesOverlap(cidr, network.vpcCidr),
  );

/** Rules about the VPC's address range, which DigitalOcean would refuse only minutes into a deployment. */
export const networkRules: readonly Rule[] = [
  {
    path: "network.vpcCidr",
    fails: ({ network }) => !isPrivate(network.vpcCidr),
    expected: "a private range (10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16)",
    fix: 'set network.vpcCidr: "10.120.0.0/20"',
  },
  {
    path: "network.vpcCidr",
    fails: ({ network }) =>
      prefixLength(network.vpcCidr) < largestNetwork ||
      prefixLength(network.vpcCidr) > smallestNetwork,
    expected: "a network between /16 and /28, the sizes that DigitalOcean offers",
    fix: 'set network.vpcCidr: "10.120.0.0/20"',
  },
  {
    path: "network.vpcCidr",
    fails: (environment) => reservedBy(environment) !== undefined,
    expected: (environment) =>
      `clear of ${reservedBy(environment)?.cidr ?? "nothing"}, which DigitalOcean reserves`,
    fix: 'set network.vpcCidr: "10.120.0.0/20"',
  },
];
