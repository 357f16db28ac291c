import { type ComponentName, componentNames } from "../../environments/schema.ts";
import type { Environment } from "../../environments/load.ts";
import { regions } from "../../environments/platform/regions.ts";
import type { Endpoints } from "../../stacks/endpoints.ts";
import { type Clock, startClock } from "../cloud/clock.ts";
import type { ImageBehaviour } from "../cloud/digitalocean/registry/registry.ts";
import type { SeedRepositories } from "../cloud/digitalocean/seed.ts";
import { nameServers } from "../cloud/digitalocean/domains/resolution.ts";
import { type DigitalOcean, startDigitalOcean } from "../cloud/digitalocean/server.ts";
import { Faults } from "../cloud/faults.ts";
import { Ledger } from "../cloud/ledger.ts";
import { type Spaces, startSpaces } from "../cloud/spaces/server.ts";
import { type Wasabi, startWasabi } from "../cloud/wasabi/server.ts";
import { type Credentials, makeCredentials } from "./credentials.ts";

/** The three platforms that an environment is deployed to, on this machine, with one clock and one ledger. */
export interface RehearsalCloud {
  readonly environment: Environment;
  readonly credentials: Credentials;
  readonly endpoints: Required<Endpoints>;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly digitalOcean: DigitalOcean;
  readonly wasabi: Wasabi;
  readonly spaces: Spaces;
  /** What callers did that the platforms do not have: a rehearsal with any has failed. */
  findings(): readonly string[];
  close(): Promise<void>;
}

/** Starts the platforms, with what an account has before its first deployment: images, a state bucket, a team. */
export async function startCloud(environment: Environment): Promise<RehearsalCloud> {
  const { config } = environment;
  const credentials = makeCredentials(config);
  const context = { clock: startClock(), ledger: new Ledger(), faults: new Faults() };
  const [digitalOcean, wasabi, spaces] = await Promise.all([
    startDigitalOcean(context, {
      tokens: [{ value: credentials.digitalOceanToken, scopes: "full" }],
      members: ["owner@rehearsal.example", ...config.alerting.recipients],
      registry: releasedImages(environment),
      delegations:
        config.domain.zoneManagedBy === "digitalocean" ? { [config.domain.zone]: nameServers } : {},
    }),
    startWasabi(context, {
      accountId: "100000000001",
      rootAccessKey: credentials.wasabi,
      region: regions[config.network.region].wasabi,
    }),
    startSpaces(context, {
      accessKeys: [credentials.spaces],
      buckets: config.state.backend.kind === "spaces" ? [config.state.backend.bucket] : [],
      region: regions[config.network.region].spaces,
    }),
  ]);
  const platforms = [digitalOcean, wasabi, spaces];
  return {
    ...context,
    environment,
    credentials,
    digitalOcean,
    wasabi,
    spaces,
    endpoints: {
      digitalOcean: digitalOcean.url,
      wasabiS3: wasabi.urls.s3,
      wasabiIam: wasabi.urls.iam,
      wasabiSts: wasabi.urls.sts,
      spaces: spaces.url,
      internet: internetOf(digitalOcean),
    },
    findings: () => platforms.flatMap((platform) => platform.findings()),
    close: async () => {
      await Promise.all(platforms.map((platform) => platform.close()));
    },
  };
}

function internetOf({ internet }: DigitalOcean): Required<Endpoints>["internet"] {
  const { http, https, certificateAuthority, dns } = internet;
  return { http, https, certificateAuthority, dns };
}

/** The images of the environment's release, healthy and in the registry. */
function releasedImages({ config, release }: Environment): SeedRepositories {
  return Object.fromEntries(
    componentNames.map((name) => [
      config.services[name].repository,
      { [release.images[name]]: goodImage(name) },
    ]),
  );
}

/** A component's image that starts, passes its checks and migrates; the edge's verifies links. */
export function goodImage(name: ComponentName): ImageBehaviour {
  const works = { healthy: true, migration: "succeeds", startSeconds: 5 } as const;
  return name === "edge" ? { ...works, verifiesLinks: true } : works;
}
