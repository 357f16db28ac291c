import { type Finding, describeValue, valueAt } from "../findings.ts";
import type { EnvironmentConfig } from "../schema.ts";
import { sameHost } from "./host-names.ts";
import { rangesOverlap } from "./network.ts";

/** A value that two environments must not share. */
interface ExclusiveValue {
  readonly path: string;
  readonly of: (environment: EnvironmentConfig) => string;
  readonly clash: (first: string, second: string) => boolean;
  readonly why: string;
  readonly fix: string;
}

const same = (first: string, second: string) => first === second;

const exclusiveValues: readonly ExclusiveValue[] = [
  {
    path: "network.vpcCidr",
    of: ({ network }) => network.vpcCidr,
    clash: rangesOverlap,
    why: "DigitalOcean refuses overlapping VPCs in one account",
    fix: "choose another range, such as 10.121.0.0/20",
  },
  {
    path: "storage.bucketPrefix",
    of: ({ storage }) => storage.bucketPrefix,
    clash: same,
    why: "one environment would write into the other's buckets",
    fix: "end the prefix with the environment's name",
  },
  {
    path: "domain.appHost",
    of: ({ domain }) => domain.appHost,
    clash: sameHost,
    why: "App Platform gives a host to one app only",
    fix: "put the environment's name into the host",
  },
  {
    path: "domain.mediaHost",
    of: ({ domain }) => domain.mediaHost,
    clash: sameHost,
    why: "App Platform gives a host to one app only",
    fix: "put the environment's name into the host",
  },
  {
    path: "domain.zone",
    of: ({ domain }) => (domain.zoneManagedBy === "digitalocean" ? domain.zone : ""),
    clash: (first, second) => first !== "" && sameHost(first, second),
    why: "a zone is created by one environment only",
    fix: 'give this environment a zone of its own, or set domain.zoneManagedBy: "elsewhere"',
  },
];

/** Findings about values that an environment shares with one before it, each reported on the later one. */
export function sharedValueFindings(
  environments: readonly EnvironmentConfig[],
  fileOf: (name: string) => string,
): Finding[] {
  return environments.flatMap((later, index) =>
    environments.slice(0, index).flatMap((earlier) =>
      exclusiveValues
        .filter(({ of, clash }) => clash(of(earlier), of(later)))
        .map(({ path, why, fix }) => ({
          file: fileOf(later.name),
          path,
          value: describeValue(valueAt(later, path)),
          expected: `other than in ${earlier.name}: ${why}`,
          fix,
        })),
    ),
  );
}
