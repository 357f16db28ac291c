import { randomUUID } from "node:crypto";

import type { ApiToken } from "./api/authentication.ts";
import { type DatabaseAuthorities, dataAuthorities } from "./databases/certificate-authority.ts";
import { generatePassword } from "./databases/passwords.ts";
import { emptyInsights } from "./insights/model.ts";
import { addressAt } from "./networks.ts";
import { pushImage } from "./registry/registry.ts";
import { behaviourOf } from "./registry/model.ts";
import type { ImageContent } from "./registry/model.ts";
import { datacentres } from "./regions.ts";
import type { Store } from "./store.ts";
import { emptyWatch } from "./uptime/watch.ts";
import { createVpc } from "./vpcs/vpc.ts";

/** An image that is in a repository from the beginning. */
export type SeedImage = ImageContent & { readonly tags?: readonly string[] };

/** Images by repository and digest. */
export type SeedRepositories = Readonly<Record<string, Readonly<Record<string, SeedImage>>>>;

/** What the account has before anything is deployed. */
export interface DigitalOceanSeed {
  /** Tokens that the API accepts. */
  readonly tokens: readonly ApiToken[];
  /** Mail addresses of the team; the first is the owner's. Alerts can be sent to no other. */
  readonly members: readonly [string, ...string[]];
  /** Images of the account's container registry, by repository and digest. */
  readonly registry: SeedRepositories;
  /** Name of that registry; default `rehearsal`. */
  readonly registryName?: string;
  /** Images elsewhere: `GHCR` or `DOCKER_HUB`, then by repository with its registry, then by digest. */
  readonly externalImages?: Readonly<Record<string, SeedRepositories>>;
  /** Names of Spaces buckets. */
  readonly spaces?: readonly string[];
  /** Host names that somebody else's DNS has as CNAME of another host. */
  readonly externalRecords?: Readonly<Record<string, string>>;
  /** Host names that somebody else's DNS has addresses of. */
  readonly externalAddresses?: Readonly<Record<string, readonly string[]>>;
  /** Name servers of every zone that a registrar delegates: DigitalOcean's, or somebody else's. */
  readonly delegations?: Readonly<Record<string, readonly string[]>>;
  /** Authorities that the CAA records of names in somebody else's DNS allow. */
  readonly externalAuthorities?: Readonly<Record<string, readonly string[]>>;
  /**
   * Whether every region has its default VPC already, as in an account that has been used; default true. In a new
   * account the first VPC of a region becomes its default, and can never be deleted again.
   */
  readonly defaultVpcs?: boolean;
  /**
   * Whether the account had PostgreSQL or MySQL clusters before 2026-10-15; default true. It decides from when Standard
   * clusters are limited.
   */
  readonly hadDatabases?: boolean;
}

const external = (images: DigitalOceanSeed["externalImages"] = {}, at: Date) =>
  Object.entries(images).flatMap(([registryType, repositories]) =>
    Object.entries(repositories).map(([repository, byDigest]) => ({
      registry_type: registryType,
      repository,
      manifests: Object.entries(byDigest).map(([digest, { tags = [], ...image }]) => ({
        ...behaviourOf(image),
        digest,
        tags: [...tags],
        updated_at: at.toISOString(),
      })),
    })),
  );

/** The project that every account has from the beginning. */
function firstProject(owner: string, at: Date): Store["projects"][number] {
  return {
    id: randomUUID(),
    owner_uuid: owner,
    owner_id: 258_992,
    name: "first-project",
    description: "",
    purpose: "Just trying out DigitalOcean",
    environment: "",
    is_default: true,
    created_at: at.toISOString(),
    updated_at: at.toISOString(),
  };
}

function emptyStore(
  seed: DigitalOceanSeed,
  at: Date,
  databaseAuthorities: DatabaseAuthorities,
): Store {
  const [owner] = seed.members;
  const uuid = randomUUID();
  return {
    account: {
      uuid,
      email: owner,
      isEmailVerified: true,
      standing: { status: "active", message: "" },
      name: "Rehearsal",
      team: "Rehearsal",
      members: seed.members,
      createdAt: at.toISOString(),
      hadDatabases: seed.hadDatabases ?? true,
      metricsCredentials: { username: "metrics", password: generatePassword() },
    },
    tokens: [...seed.tokens],
    projects: [firstProject(uuid, at)],
    assignments: [],
    vpcs: [],
    databases: [],
    databaseAuthorities,
    apps: [],
    domains: [],
    registries: [],
    externalImages: external(seed.externalImages, at),
    alertPolicies: [],
    uptimeChecks: [],
    uptimeWatch: emptyWatch(),
    insights: emptyInsights(at),
    tags: [],
    droplets: [],
    firewalls: [],
    spaces: [...(seed.spaces ?? [])],
    externalRecords: { ...seed.externalRecords },
    externalAddresses: { ...seed.externalAddresses },
    delegations: { ...seed.delegations },
    externalAuthorities: { ...seed.externalAuthorities },
    withdrawn: [],
    demandedFailures: [],
    programStretch: 1,
    schedule: [],
    nextRecordId: 1_811_000_000,
    nextDroplet: 0,
  };
}

const defaultRangeSize = 4096;

/**
 * An account as its seed describes it.
 *
 * @param databaseAuthorities certificates of those who sign its clusters' certificates; default: one whose key nobody has,
 *   which is enough where no server runs.
 */
export function createDigitalOceanStore(
  seed: DigitalOceanSeed,
  at: Date,
  databaseAuthorities = dataAuthorities,
): Store {
  const store = emptyStore(seed, at, databaseAuthorities);
  if (seed.defaultVpcs ?? true) {
    datacentres.forEach(({ slug }, index) => {
      const range = `${addressAt("10.108.0.0/16", index * defaultRangeSize)}/20`;
      createVpc(store, { name: `default-${slug}`, region: slug, ip_range: range }, at);
    });
  }
  const registry = {
    name: seed.registryName ?? "rehearsal",
    region: "nyc3",
    created_at: at.toISOString(),
    repositories: [],
  };
  store.registries.push(registry);
  for (const [repository, images] of Object.entries(seed.registry)) {
    for (const [digest, { tags = [], ...image }] of Object.entries(images)) {
      pushImage(registry, { repository, digest, tags, image }, at);
    }
  }
  return store;
}
