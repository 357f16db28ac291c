import { deployerName, deployerPolicy } from "../../constructs/storage/deployer-policy.ts";
import {
  type ComponentName,
  type EnvironmentConfig,
  componentNames,
} from "../../environments/schema/environment.ts";
import type { Environment } from "../../environments/loading/load.ts";
import { regions } from "../../environments/platform/regions.ts";
import type { Endpoints } from "../../stacks/endpoints.ts";
import { type Clock, startClock } from "@mam-infra/cloud/clock";
import type { ImageBehaviour } from "@mam-infra/cloud/digitalocean/registry/model";
import type { SeedRepositories } from "@mam-infra/cloud/digitalocean/seed";
import { nameServers } from "@mam-infra/cloud/digitalocean/domains/resolution";
import { type DigitalOcean, startDigitalOcean } from "@mam-infra/cloud/digitalocean/server";
import { Faults } from "@mam-infra/cloud/faults";
import { RequestLog } from "@mam-infra/cloud/request-log";
import { type Spaces, startSpaces } from "@mam-infra/cloud/spaces/server";
import { type Wasabi, startWasabi } from "@mam-infra/cloud/wasabi/server";
import { type Credentials, makeCredentials } from "./credentials.ts";

/** The three platforms that an environment is deployed to, on this machine, with one clock and one ledger. */
export interface RehearsalCloud {
  /** The environment that is rehearsed. */
  readonly environment: Environment;
  /** Every environment that the account has images, buckets, zones and rights for, that one first. */
  readonly environments: readonly [Environment, ...Environment[]];
  readonly credentials: Credentials;
  readonly endpoints: Required<Endpoints>;
  readonly clock: Clock;
  readonly requestLog: RequestLog;
  readonly faults: Faults;
  readonly digitalOcean: DigitalOcean;
  readonly wasabi: Wasabi;
  readonly spaces: Spaces;
  /** What callers did that the platforms do not have: a rehearsal with any has failed. */
  findings(): readonly string[];
  close(): Promise<void>;
}

/**
 * Starts the platforms, with what an account has before its first deployment: images, state buckets, a team.
 *
 * @param beside further environments that can be deployed to the same account.
 */
export async function startCloud(
  environment: Environment,
  beside: readonly Environment[] = [],
): Promise<RehearsalCloud> {
  const { config } = environment;
  const environments = [environment, ...beside] as const;
  const configs = environments.map((one) => one.config);
  const credentials = makeCredentials(config);
  const context = { clock: startClock(), requestLog: new RequestLog(), faults: new Faults() };
  const [digitalOcean, wasabi, spaces] = await Promise.all([
    startDigitalOcean(context, {
      tokens: [{ value: credentials.digitalOceanToken, scopes: "full" }],
      members: [
        "owner@rehearsal.example",
        ...new Set(configs.flatMap(({ alerting }) => alerting.recipients)),
      ],
      registry: releasedImages(environments),
      delegations: delegatedZones(configs),
    }),
    startWasabi(context, {
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
    }),
    startSpaces(context, {
      accessKeys: [credentials.spaces],
      buckets: stateBuckets(configs),
      region: regions[config.network.region].spaces,
    }),
  ]);
  const platforms = [digitalOcean, wasabi, spaces];
  return {
    ...context,
    environment,
    environments,
    credentials,
    digitalOcean,
    wasabi,
    spaces,
    endpoints: endpointsOf(digitalOcean, wasabi, spaces),
    findings: () => platforms.flatMap((platform) => platform.findings()),
    close: async () => {
      await Promise.all(platforms.map((platform) => platform.close()));
    },
  };
}

function endpointsOf(
  digitalOcean: DigitalOcean,
  wasabi: Wasabi,
  spaces: Spaces,
): Required<Endpoints> {
  return {
    digitalOcean: digitalOcean.url,
    wasabiS3: wasabi.urls.s3,
    wasabiIam: wasabi.urls.iam,
    wasabiSts: wasabi.urls.sts,
    spaces: spaces.url,
    internet: internetOf(digitalOcean),
  };
}

function internetOf({ internet }: DigitalOcean): Required<Endpoints>["internet"] {
  const { http, https, certificateAuthority, dns } = internet;
  return { http, https, certificateAuthority, dns };
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
