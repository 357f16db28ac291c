import type { Rule } from "../rule.ts";

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
];
