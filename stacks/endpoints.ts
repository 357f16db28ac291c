import { z } from "zod";

import { regions } from "../environments/platform/regions.ts";
import type { EnvironmentConfig } from "../environments/schema/environment.ts";

/** What stands in for the internet in a rehearsal: how public hosts are found, reached and believed. */
export interface InternetEndpoints {
  /** Where every host answers HTTP, by its Host header. */
  readonly http: string;
  /** Where every host answers HTTPS, by its server name. */
  readonly https: string;
  /** Certificate, in PEM, of the authority that signs the hosts' certificates. */
  readonly certificateAuthority: string;
  /** Address and port of a resolver. */
  readonly dns: string;
}

/** A rehearsal's time, which runs faster than this machine's. */
export interface PlatformClock {
  /** A moment of this machine's clock, in milliseconds since the epoch, and what time it was there. */
  readonly began: number;
  readonly at: number;
  /** Seconds there in a second here. */
  readonly speed: number;
}

/** Addresses of the platforms' interfaces. */
export interface Endpoints {
  /** DigitalOcean's API. */
  readonly digitalOcean: string;
  readonly wasabiS3: string;
  readonly wasabiIam: string;
  readonly wasabiSts: string;
  /** Spaces, where states are kept. */
  readonly spaces: string;
  /** HCP Terraform; absent where a rehearsal does not play it. */
  readonly hcp?: string;
  /** Absent means the internet. */
  readonly internet?: InternetEndpoints;
  /** Absent means this machine's own. */
  readonly clock?: PlatformClock;
}

/** Name of the environment variable that a rehearsal sets: the endpoints as JSON. */
export const endpointsVariable = "MAM_REHEARSAL_ENDPOINTS";

const loopback = z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ });

const loopbackTls = z.url({ protocol: /^https$/, hostname: /^127\.0\.0\.1$/ });

const overrides = z.strictObject({
  digitalOcean: loopback,
  wasabiS3: loopback,
  wasabiIam: loopback,
  wasabiSts: loopback,
  spaces: loopback,
  hcp: loopback.exactOptional(),
  internet: z.strictObject({
    http: loopback,
    https: loopbackTls,
    certificateAuthority: z.string().startsWith("-----BEGIN CERTIFICATE-----"),
    dns: z.string().regex(/^127\.0\.0\.1:\d+$/),
  }),
  clock: z
    .strictObject({ began: z.number(), at: z.number(), speed: z.number().positive() })
    .exactOptional(),
});

/**
 * The endpoints that an environment is deployed to: the platforms' own, or those of a rehearsal. This is the only place
 * that knows either, so that a rehearsal cannot be pointed at the real platforms by half.
 *
 * @param rehearsal JSON from {@link endpointsVariable}; every address has to be on this machine.
 * @throws z.ZodError when the JSON is incomplete or names another machine.
 */
export function endpointsOf({ network }: EnvironmentConfig, rehearsal?: string): Endpoints {
  if (rehearsal !== undefined) return overrides.parse(JSON.parse(rehearsal));
  const { wasabi, spaces } = regions[network.region];
  return {
    digitalOcean: "https://api.digitalocean.com",
    wasabiS3: `https://s3.${wasabi}.wasabisys.com`,
    wasabiIam: "https://iam.wasabisys.com",
    wasabiSts: "https://sts.wasabisys.com",
    spaces: `https://${spaces}.digitaloceanspaces.com`,
    hcp: "https://app.terraform.io",
  };
}
