import { type FileFinding, describeValue, valueAt } from "./findings.ts";
import type { Compared } from "../schema/compared.ts";
import { environmentsOnFreePlan, freePlan, resourcesOfEnvironment } from "../platform/hcp-plans.ts";
import { sameHost } from "./host-names.ts";
import { rangesOverlap } from "./network.ts";

type Environments = readonly [earlier: Compared, later: Compared];

/** A value that two environments must not share. */
interface ExclusiveValue {
  readonly path: string;
  readonly clash: (...environments: Environments) => boolean;
  readonly why: string;
  readonly fix: string | ((later: Compared) => string);
}

const stateBucket = ({ state: { backend } }: Compared) =>
  backend.kind === "spaces" ? backend.bucket : undefined;

/** Whether two environments say that the same thing of the account is theirs. */
const shareAdopted = (...[{ state }, { state: other }]: Environments) =>
  (["app", "vpc", "project", "valkey"] as const).some(
    (thing) => state.adopted[thing] !== undefined && state.adopted[thing] === other.adopted[thing],
  );

const shareBucket = (...[earlier, later]: Environments) => {
  const names = ({ state: { adopted } }: Compared) =>
    Object.values(adopted.buckets).filter((name) => name !== undefined);
  return names(earlier).some((name) => names(later).includes(name));
};

const exclusiveValues: readonly ExclusiveValue[] = [
  {
    path: "network.vpcCidr",
    clash: (...[earlier, later]) => rangesOverlap(earlier.network.vpcCidr, later.network.vpcCidr),
    why: "DigitalOcean refuses overlapping VPCs in one account",
    fix: "choose another range, such as 10.121.0.0/20",
  },
  {
    path: "storage.bucketPrefix",
    clash: (...[earlier, later]) => earlier.storage.bucketPrefix === later.storage.bucketPrefix,
    why: "one environment would write into the other's buckets",
    fix: "end the prefix with the environment's name",
  },
  {
    path: "state.adopted.buckets",
    clash: shareBucket,
    why: "one environment would write into the other's buckets",
    fix: "leave the bucket to the environment whose media it holds",
  },
  {
    path: "state.adopted",
    clash: shareAdopted,
    why: "both would deploy over the same app, network or databases",
    fix: "remove the name here: what is made anew gets a name of its own",
  },
  {
    path: "database.cluster",
    clash: (...[{ database }, { database: other }]) =>
      database.cluster !== undefined && database.cluster === other.cluster,
    why: "both would deploy over the same database",
    fix: "remove the name here: what is made anew gets a name of its own",
  },
  {
    path: "domain.appHost",
    clash: (...[earlier, later]) => sameHost(earlier.domain.appHost, later.domain.appHost),
    why: "App Platform gives a host to one app only",
    fix: "put the environment's name into the host",
  },
  {
    path: "domain.mediaHost",
    clash: (...[earlier, later]) => sameHost(earlier.domain.mediaHost, later.domain.mediaHost),
    why: "App Platform gives a host to one app only",
    fix: "put the environment's name into the host",
  },
  {
    path: "domain.zone",
    clash: (...environments) =>
      environments.every(({ domain }) => domain.zoneManagedBy === "digitalocean") &&
      sameHost(environments[0].domain.zone, environments[1].domain.zone),
    why: "a zone is created by one environment only",
    fix: 'give this environment a zone of its own, or set domain.zoneManagedBy: "elsewhere"',
  },
  {
    path: "state.backend.bucket",
    clash: (...[earlier, later]) =>
      earlier.tier !== later.tier &&
      stateBucket(earlier) !== undefined &&
      stateBucket(earlier) === stateBucket(later),
    why: "states hold secrets in clear, and whoever may read the states of one tier must not read the other's",
    fix: (later) =>
      `set state.backend.bucket: "${stateBucket(later) ?? ""}-${later.tier}"; for states that stand, first move them as docs/state.md says`,
  },
];

/** The organisation of HCP Terraform whose free plan an environment counts in; undefined for one that is in none. */
const freeOrganization = ({ state: { backend } }: Compared) =>
  backend.kind === "hcp" && backend.plan === "free" ? backend.organization : undefined;

/** Environments for which an organisation of HCP Terraform has no room, each reported on the one that is too many. */
function crowdedOrganizationFindings({ environments, fileOf, only }: Comparison): FileFinding[] {
  const wanted = environments.find(({ name }) => name === only);
  return environments.flatMap((later, index) => {
    const organization = freeOrganization(later);
    const before = environments
      .slice(0, index)
      .filter((one) => freeOrganization(one) === organization);
    if (organization === undefined || before.length < environmentsOnFreePlan) return [];
    if (wanted && freeOrganization(wanted) !== organization) return [];
    return [
      {
        file: fileOf(later.name),
        path: "state.backend.plan",
        value: describeValue("free"),
        expected: `at most ${environmentsOnFreePlan} environments in the organization ${organization}: its free plan has ${freePlan.resources} resources, and an environment up to ${resourcesOfEnvironment}`,
        fix: 'set state.backend.plan: "paid" where it is, another organization, or state.backend.kind: "spaces"',
      },
    ];
  });
}

/** Values that an environment shares with one before it, each reported on the later one. */
function sharedValueFindings({ environments, fileOf, only }: Comparison): FileFinding[] {
  const concerns = (...pair: Environments) =>
    only === undefined || pair.some(({ name }) => name === only);
  return environments.flatMap((later, index) =>
    environments
      .slice(0, index)
      .filter((earlier) => concerns(earlier, later))
      .flatMap((earlier) =>
        exclusiveValues
          .filter(({ clash }) => clash(earlier, later))
          .map(({ path, why, fix }) => ({
            file: fileOf(later.name),
            path,
            value: describeValue(valueAt(later, path)),
            expected: `other than in ${earlier.name}: ${why}`,
            fix: typeof fix === "string" ? fix : fix(later),
          })),
      ),
  );
}

/** What is compared with what. */
export interface Comparison {
  /** All of them, in their order: of two that clash it is the later one that has to give way. */
  readonly environments: readonly Compared[];
  /** The file of an environment, by its name. */
  readonly fileOf: (name: string) => string;
  /** The one that is worked on: what two others share is said where one of them is. */
  readonly only?: string | undefined;
}

/** Findings about what environments must not share, and what there is not enough of for all of them. */
export const findingsAcross = (comparison: Comparison): FileFinding[] => [
  ...sharedValueFindings(comparison),
  ...crowdedOrganizationFindings(comparison),
];
