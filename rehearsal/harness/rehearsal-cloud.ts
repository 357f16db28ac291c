import { deployerName, deployerPolicy } from "../../constructs/storage/deployer-policy.ts";
import type { EnvironmentConfig, ImageName } from "../../environments/schema/environment.ts";
import { imagesOfRelease } from "../../environments/schema/release.ts";
import type { Environment } from "../../environments/loading/load.ts";
import { regions } from "../../environments/platform/regions.ts";
import { type Cloud, type CloudSeed, type DatabaseEngines, startCloud } from "@mam-infra/cloud";
import type { ImageBehaviour, ImageContent } from "@mam-infra/cloud/digitalocean/registry/model";
import type { SeedRepositories } from "@mam-infra/cloud/digitalocean/seed";
import type { OpenRun } from "@mam-infra/cloud/hcp/runs/work";
import { nameServers } from "@mam-infra/cloud/digitalocean/domains/resolution";
import { type Credentials, makeCredentials } from "./credentials.ts";

/** The platforms that an environment is deployed to, with what an account has before its first deployment. */
export interface RehearsalCloud extends Cloud {
  /** The environment that is rehearsed. */
  readonly environment: Environment;
  /** Every environment that the account has images, buckets, zones and rights for, that one first. */
  readonly environments: readonly [Environment, ...Environment[]];
  readonly credentials: Credentials;
  /** What its images are: data that behaves like an image, or programs. */
  readonly imageOf: ImageMaker;
}

/**
 * Makes an image of a component.
 *
 * @param behaviour how it differs from a good one; default: not at all.
 */
export type ImageMaker = (name: ImageName, behaviour?: Partial<ImageBehaviour>) => ImageContent;

/** What makes a cloud more than data. */
export interface RealParts {
  /** Makes images that are programs. */
  readonly imageOf: ImageMaker;
  /** Programs that make the databases real; default: databases are data. */
  readonly databases?: DatabaseEngines;
  /** Virtual seconds in a second of the wall clock; default: the cloud's own, which programs could not keep up with. */
  readonly speed?: number;
}

/** HCP Terraform where no environment keeps its states there yet. */
export interface PlayedHcp {
  readonly organization: string;
  /** Tokens beside the rehearsal's own. */
  readonly others?: readonly { readonly value: string; readonly user: string }[];
  /** Executes its runs; default: nothing does. */
  readonly openRun?: OpenRun;
}

/**
 * Starts the platforms, with what an account has before its first deployment: images, state buckets, a team.
 *
 * @param beside further environments that can be deployed to the same account.
 * @param parts what is real; default: nothing, images and databases are data.
 * @param hcp organisation of HCP Terraform; default: the one that an environment keeps its states in, and otherwise none.
 */
export async function startRehearsalCloud(
  environment: Environment,
  beside: readonly Environment[] = [],
  parts: RealParts = { imageOf: imageOfData },
  hcp: Partial<PlayedHcp> = {},
): Promise<RehearsalCloud> {
  const environments = [environment, ...beside] as const;
  const credentials = makeCredentials(environment.config);
  const { imageOf } = parts;
  const cloud = await startCloud({
    ...seedOf(environments, credentials, imageOf),
    ...hcpSeed(hcp, environments, credentials),
    ...(parts.databases ? { engines: parts.databases } : {}),
    ...(parts.speed === undefined ? {} : { speed: parts.speed }),
  });
  return { ...cloud, environment, environments, credentials, imageOf };
}

function seedOf(
  environments: readonly [Environment, ...Environment[]],
  credentials: Credentials,
  imageOf: ImageMaker,
): CloudSeed {
  const configs = environments.map((one) => one.config);
  const [{ config }] = environments;
  return {
    digitalOcean: {
      tokens: [{ value: credentials.digitalOceanToken, scopes: "full" }],
      members: [
        "owner@rehearsal.example",
        ...new Set(configs.flatMap(({ alerting }) => alerting.recipients)),
      ],
      registry: releasedImages(environments, imageOf),
      delegations: delegatedZones(configs),
    },
    wasabi: {
      accountId: "100000000001",
      rootAccessKey: credentials.wasabiRoot,
      users: [
        {
          name: deployerName(config),
          policies: Object.fromEntries(
            configs.map((one) => [one.name, JSON.stringify(deployerPolicy(one))]),
          ),
          ...credentials.wasabi,
        },
      ],
      region: regions[config.network.region].wasabi,
    },
    spaces: {
      accessKeys: [credentials.spaces],
      buckets: stateBuckets(configs),
      region: regions[config.network.region].spaces,
    },
  };
}

/** The organisation in which an environment keeps its states. */
function neededOrganization(environments: readonly Environment[]): string | undefined {
  const [organization] = environments.flatMap(({ config: { state } }) =>
    state.backend.kind === "hcp" ? [state.backend.organization] : [],
  );
  return organization;
}

/** A new organisation, in which nobody chose local execution. */
function hcpSeed(
  { organization: named, others = [], openRun }: Partial<PlayedHcp>,
  environments: readonly Environment[],
  { hcpToken }: Credentials,
): Pick<CloudSeed, "hcp"> {
  const organization = named ?? neededOrganization(environments);
  if (organization === undefined) return {};
  const tokens = [{ value: hcpToken, user: "rehearsal" }, ...others];
  return { hcp: { organization, tokens, ...(openRun ? { openRun } : {}) } };
}

function delegatedZones(configs: readonly EnvironmentConfig[]) {
  const managed = configs.filter(({ domain }) => domain.zoneManagedBy === "digitalocean");
  return Object.fromEntries(managed.map(({ domain }) => [domain.zone, nameServers]));
}

function stateBuckets(configs: readonly EnvironmentConfig[]): string[] {
  const buckets = configs.flatMap(({ state: { backend } }) =>
    backend.kind === "spaces" ? [backend.bucket] : [],
  );
  return [...new Set(buckets)];
}

/** The images of the environments' releases, healthy and in the registry. */
function releasedImages(
  environments: readonly Environment[],
  imageOf: ImageMaker,
): SeedRepositories {
  const repositories: Record<string, Record<string, ImageContent>> = {};
  for (const { config, release } of environments) {
    for (const [name, digest] of imagesOfRelease(release.images)) {
      const images = (repositories[config.services[name].repository] ??= {});
      images[digest] = imageOf(name);
    }
  }
  return repositories;
}

/** An image that is data: it starts, passes its checks and migrates unless told otherwise; the edge's verifies links. */
export function imageOfData(
  name: ImageName,
  behaviour: Partial<ImageBehaviour> = {},
): ImageBehaviour {
  const works = { healthy: true, migration: "succeeds", startSeconds: 5 } as const;
  return { ...works, ...(name === "edge" ? { verifiesLinks: true } : {}), ...behaviour };
}
