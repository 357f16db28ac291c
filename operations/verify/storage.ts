import { browserAccess } from "../../constructs/storage/browser-access.ts";
import { objectLockOf } from "../../constructs/storage/object-lock.ts";
import { bucketPolicy, rolePolicy } from "../../constructs/storage/policies.ts";
import { lifecycleRules } from "../../constructs/storage/retention.ts";
import { type ServiceRole, serviceRoleNames } from "../../constructs/storage/service-roles.ts";
import { type StorageTier, storageTiers } from "../../constructs/storage/tiers.ts";
import type { Environment } from "../../environments/loading/load.ts";
import { storageKeyName, storageKeySlots } from "../../environments/schema/rotation.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import { storageKeyIds } from "../platform/running-app.ts";
import { type Comparison, inOrder } from "./comparison.ts";
import type {
  ObservedStorage,
  ObservedBucket,
  ObservedUser,
} from "../platform/observed-storage.ts";

/** Buckets and users beside what the environment says about them. */
export function storageComparisons(
  environment: Environment,
  observed: ObservedStorage,
): Comparison[] {
  return [...bucketComparisons(environment, observed), ...userComparisons(environment, observed)];
}

/** Versions, expiry, retention, browsers and policy of every bucket. */
export function bucketComparisons(
  { config }: Environment,
  observed: ObservedStorage,
): Comparison[] {
  // `fromEntries` forgets that every role is there.
  const arns = Object.fromEntries(
    serviceRoleNames.map((role) => [role, observed.users[role].arn]),
  ) as Record<ServiceRole, string>;
  return storageTiers.flatMap((tier) => ofBucket(config, tier, observed.buckets[tier], arns));
}

/** Policy and number of keys of every service's user. */
export function userComparisons(
  environment: Environment,
  { users }: ObservedStorage,
): Comparison[] {
  return serviceRoleNames.flatMap((role) => ofUser(environment, role, users[role]));
}

/** Whether the key that the app has of each role is one that Wasabi takes. */
export function appKeyComparisons(spec: AppSpec, { users }: ObservedStorage): Comparison[] {
  return Object.entries(storageKeyIds(spec)).map(([role, id]) => {
    const key = users[role as ServiceRole].keys.find((one) => one.id === id);
    return {
      resource: `the app's storage key of ${role}, ${id}`,
      expected: "active",
      found: key && (key.active ? "active" : "inactive"),
    };
  });
}

function ofBucket(
  config: EnvironmentConfig,
  tier: StorageTier,
  bucket: ObservedBucket,
  arns: Readonly<Record<ServiceRole, string>>,
): Comparison[] {
  const { masters } = config.storage;
  const keepsVersions = tier !== "masters" || masters.versioning;
  const lock = objectLockOf(config, tier);
  return [
    {
      resource: `versioning of ${tier}`,
      expected: keepsVersions ? "Enabled" : "off",
      // Versions that were ever kept can be suspended, and never turned off.
      found: bucket.versioning === "Enabled" ? "Enabled" : "off",
    },
    {
      resource: `origins that ${tier} lets in`,
      expected: browserAccess(config, tier).allowedOrigins,
      found: bucket.corsOrigins,
    },
    {
      resource: `lifecycle rules of ${tier}`,
      expected: inOrder(lifecycleRules(config, tier).map(({ id }) => id ?? "")),
      found: inOrder(bucket.lifecycleIds),
    },
    {
      resource: `object lock of ${tier}`,
      expected: lock ? `${lock.mode} ${lock.days} days` : "off",
      found: bucket.objectLock ?? "off",
    },
    ...policyComparisons(`the policy of ${tier}`, bucketPolicy(config, tier, arns), bucket.policy),
  ];
}

function ofUser(
  { config, rotation }: Environment,
  role: ServiceRole,
  user: ObservedUser,
): Comparison[] {
  return [
    ...policyComparisons(`the policy of ${role}`, rolePolicy(config, role), user.policy),
    ...keyComparisons(role, storageKeySlots(rotation[storageKeyName(role)]).length, user),
  ];
}

/** No deployment removes a surplus key, because a person made it. */
function keyComparisons(role: ServiceRole, expected: number, { keys }: ObservedUser): Comparison[] {
  const active = keys.filter((key) => key.active);
  const resource = `the active keys of ${role}`;
  if (active.length <= expected) return [{ resource, expected, found: active.length }];
  const found = active.map(({ id }) => id).join(", ");
  const fix = "delete the key that the storage stack does not have, in Wasabi's console";
  return [{ resource, expected: String(expected), found, fix }];
}

interface Statement {
  readonly Sid?: string;
}

/** A policy statement by statement, so that a finding names the one that is another. */
function policyComparisons(resource: string, expected: object, found: unknown): Comparison[] {
  const [wanted, present] = [statementsOf(expected), statementsOf(found)];
  const sids = [...new Set([...wanted, ...present].map(({ Sid = "without Sid" }) => Sid))];
  return sids.map((sid) => ({
    resource: `statement ${sid} of ${resource}`,
    expected: wanted.find(({ Sid = "without Sid" }) => Sid === sid),
    found: present.find(({ Sid = "without Sid" }) => Sid === sid),
  }));
}

/** The statements of a policy as they look after a journey through JSON. */
function statementsOf(policy: unknown): readonly Statement[] {
  const { Statement = [] } = (JSON.parse(JSON.stringify(policy ?? {})) ?? {}) as {
    readonly Statement?: readonly Statement[];
  };
  return Statement;
}
