import { deployerName, deployerPolicy } from "../../constructs/storage/deployer-policy.ts";
import {
  type ComponentName,
  type EnvironmentConfig,
  componentNames,
} from "../../environments/schema/environment.ts";
import type { Environment } from "../../environments/loading/load.ts";
import { regions } from "../../environments/platform/regions.ts";
import { type Cloud, type CloudSeed, startCloud } from "@mam-infra/cloud";
import type { ImageBehaviour } from "@mam-infra/cloud/digitalocean/registry/model";
import type { SeedRepositories } from "@mam-infra/cloud/digitalocean/seed";
import { nameServers } from "@mam-infra/cloud/digitalocean/domains/resolution";
import { type Credentials, makeCredentials } from "./credentials.ts";

/** The platforms that an environment is deployed to, with what an account has before its first deployment. */
export interface RehearsalCloud extends Cloud {
  /** The environment that is rehearsed. */
  readonly environment: Environment;
  /** Every environment that the account has images, buckets, zones and rights for, that one first. */
  readonly environments: readonly [Environment, ...Environment[]];
  readonly credentials: Credentials;
}

/**
 * Starts the platforms, with what an account has before its first deployment: images, state buckets, a team.
 *
 * @param beside further environments that can be deployed to the same account.
 */
export async function startRehearsalCloud(
  environment: Environment,
  beside: readonly Environment[] = [],
): Promise<RehearsalCloud> {
  const environments = [environment, ...beside] as const;
  const credentials = makeCredentials(environment.config);
  const cloud = await startCloud(seedOf(environments, credentials));
  return { ...cloud, environment, environments, credentials };
}

function seedOf(
  environments: readonly [Environment, ...Environment[]],
  credentials: Credentials,
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
      registry: releasedImages(environments),
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
function releasedImages(environments: readonly Environment[]): SeedRepositories {
  const repositories: Record<string, Record<string, ImageBehaviour>> = {};
  for (const { config, release } of environments) {
    for (const name of componentNames) {
      const images = (repositories[config.services[name].repository] ??= {});
      images[release.images[name]] = goodImage(name);
    }
  }
  return repositories;
}

/** A component's image that starts, passes its checks and migrates; the edge's verifies links. */
export function goodImage(name: ComponentName): ImageBehaviour {
  const works = { healthy: true, migration: "succeeds", startSeconds: 5 } as const;
  return name === "edge" ? { ...works, verifiesLinks: true } : works;
}
