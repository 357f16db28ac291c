import type { Rule } from "./rule.ts";
import type { EnvironmentConfig } from "../schema/environment.ts";

const longestSuffix = "-previews".length;

/** Words that half of all bucket names on earth consist of: a name of nothing else is taken, or guessed. */
const commonWords = new Set([
  ...["mam", "media", "asset", "assets", "app", "video", "videos", "files", "data", "storage"],
  ...["production", "prod", "staging", "test", "dev", "development", "bucket", "company", "my"],
]);

const isLegal = (prefix: string) =>
  /^[a-z0-9][a-z0-9-]*[a-z0-9]$/.test(prefix) &&
  !prefix.includes("--") &&
  prefix.length >= 3 &&
  prefix.length + longestSuffix <= 63;

const isDistinctive = (prefix: string) =>
  prefix.length >= 8 &&
  prefix.split("-").some((word) => word.length >= 4 && !commonWords.has(word));

/** Whether names of buckets may begin with it. */
export const isBucketPrefix = (prefix: string): boolean => isLegal(prefix) && isDistinctive(prefix);

type LockedTier = "masters" | "backups";

/** How long a lock that a finding proposes lasts, in days: a month to notice what was deleted, or as long as dumps stay. */
const proposedDays = ({ storage }: EnvironmentConfig, tier: LockedTier) =>
  tier === "masters" ? 30 : Math.min(30, storage.retention.backupsDays);

const unlocked = (
  tier: LockedTier,
  concerns: (environment: EnvironmentConfig) => boolean,
  why: string,
): Rule => ({
  path: `storage.${tier}.objectLock`,
  fails: (environment) => {
    const { objectLock, unlockedReason } = environment.storage[tier];
    return concerns(environment) && objectLock === undefined && unlockedReason === undefined;
  },
  expected: `object lock, or a written reason: ${why}`,
  fix: (environment) =>
    `set storage.${tier}.objectLock: { mode: "GOVERNANCE", days: ${proposedDays(environment, tier)} }; where the bucket stands without, write storage.${tier}.unlockedReason, for a lock replaces the bucket (docs/stateful-resources.md)`,
});

const lockedForAReason = (tier: LockedTier): Rule => ({
  path: `storage.${tier}.unlockedReason`,
  fails: ({ storage }) =>
    storage[tier].objectLock !== undefined && storage[tier].unlockedReason !== undefined,
  expected: "no object lock, or no reason to have none: both together contradict each other",
  fix: `remove storage.${tier}.unlockedReason, or storage.${tier}.objectLock where the bucket has none`,
});

const lockRules: readonly Rule[] = [
  unlocked(
    "masters",
    ({ tier }) => tier === "production",
    "without it an administrator's key deletes originals for good",
  ),
  unlocked(
    "backups",
    () => true,
    "without it whoever destroys the database can destroy its dumps too",
  ),
  lockedForAReason("masters"),
  lockedForAReason("backups"),
  {
    path: "storage.backups.objectLock.days",
    fails: ({ storage: { backups, retention } }) =>
      (backups.objectLock?.days ?? 0) > retention.backupsDays,
    expected: ({ storage: { retention } }) =>
      `at most ${retention.backupsDays}, the days that dumps are kept: what is locked for longer expires only in name, and is billed on`,
    fix: ({ storage: { retention } }) =>
      `set storage.backups.objectLock.days: ${retention.backupsDays}, or raise storage.retention.backupsDays`,
  },
];

/** Rules about buckets: names that S3 allows and nobody else has, and protections that hold together. */
export const storageRules: readonly Rule[] = [
  {
    path: "storage.bucketPrefix",
    fails: ({ storage }) => !isLegal(storage.bucketPrefix),
    expected:
      "3 to 54 lower-case letters, digits and single hyphens, starting and ending with a letter or digit; no dots, which break TLS",
    fix: 'set storage.bucketPrefix: "<company>-mam-<environment>"',
  },
  {
    path: "storage.bucketPrefix",
    fails: ({ storage }) => isLegal(storage.bucketPrefix) && !isDistinctive(storage.bucketPrefix),
    expected:
      "a distinctive name: all customers of Wasabi share one namespace, so it needs a word of your own, such as the company's",
    fix: 'set storage.bucketPrefix: "<company>-mam-<environment>"',
  },
  {
    path: "storage.masters.objectLock",
    fails: ({ storage: { masters } }) => masters.objectLock !== undefined && !masters.versioning,
    expected: "object lock only with versioning: it locks versions",
    fix: "set storage.masters.versioning: true, or remove storage.masters.objectLock",
  },
  {
    path: "storage.masters.versioning",
    fails: ({ storage: { masters } }) =>
      !masters.versioning && masters.versioningReason === undefined,
    expected: "true: without versions an overwritten master is gone",
    fix: "remove it, or write storage.masters.versioningReason",
  },
  ...lockRules,
];
