import { type StorageTier, storageTiers } from "../../../constructs/storage/tiers.ts";
import type { EnvironmentInput } from "../../../environments/schema/environment.ts";
import type { Described, Remark } from "../remark.ts";
import type { Standing, StandingBucket } from "../standing.ts";

type Storage = EnvironmentInput["storage"];

/** Longest retention that the schema takes: in effect, nothing is deleted. */
const longestDays = 3650;

const unlockedReason = "The bucket stood without object lock when it was adopted.";

/** Field of the retention that decides when objects of a tier go; masters never go. */
const retentionFields = {
  staging: "stagingDays",
  previews: "previewsDays",
  backups: "backupsDays",
} as const;

/**
 * Buckets: their locks, and when objects go. What has no expiry now keeps its objects for as long as a rule can say.
 *
 * @param otherwise what the other environment has, with a prefix of its own: for buckets that are made anew.
 */
export function describeStorage(standing: Standing, otherwise: Storage): Described<Storage> {
  const { buckets } = standing;
  const retention = Object.entries(retentionFields).flatMap(([tier, field]) => {
    const bucket = buckets[tier as keyof typeof retentionFields];
    return bucket ? [[field, bucket.expiresAfterDays ?? longestDays] as const] : [];
  });
  return {
    fields: {
      ...otherwise,
      ...locked("masters", buckets.masters, otherwise),
      ...locked("backups", buckets.backups, otherwise),
      ...(retention.length === 0
        ? {}
        : { retention: { ...otherwise.retention, ...Object.fromEntries(retention) } }),
    },
    remarks: storageTiers.flatMap((tier) => bucketRemarks(tier, buckets[tier])),
  };
}

function locked(
  tier: "masters" | "backups",
  bucket: StandingBucket | undefined,
  otherwise: Storage,
) {
  if (!bucket) return {};
  const others = Object.entries(otherwise[tier] ?? {}).filter(
    ([field]) => field !== "objectLock" && field !== "unlockedReason",
  );
  const { lock } = bucket;
  return {
    [tier]: {
      ...Object.fromEntries(others),
      ...(lock ? { objectLock: lock } : { unlockedReason }),
    },
  };
}

function bucketRemarks(tier: StorageTier, bucket: StandingBucket | undefined): Remark[] {
  if (!bucket)
    return [{ fate: "changed", about: `the bucket of ${tier}`, what: "it is made anew" }];
  const about = `the bucket ${bucket.name}`;
  const versions: Remark = {
    fate: "changed",
    about,
    what: "it keeps versions from then on; what was overwritten or deleted before stays gone",
  };
  const stays: Remark = {
    fate: "changed",
    about,
    what: `no object expired until now: the rule says ${longestDays} days, so that nothing goes`,
    todo: `choose storage.retention.${retentionFields[tier as keyof typeof retentionFields]} when you know what may go`,
  };
  const hasNoExpiry = tier !== "masters" && bucket.expiresAfterDays === undefined;
  return [
    {
      fate: "adopted",
      about,
      what: `as ${tier}${bucket.lock ? `, ${bucket.lock.mode} for ${bucket.lock.days} days` : ", without object lock"}`,
    },
    ...(bucket.isVersioned ? [] : [versions]),
    ...(hasNoExpiry ? [stays] : []),
  ];
}

/** Names of buckets that are other than what the prefix makes. */
export function bucketNames(
  { buckets }: Standing,
  prefix: string,
): Readonly<Partial<Record<StorageTier, string>>> {
  return Object.fromEntries(
    storageTiers.flatMap((tier) => {
      const name = buckets[tier]?.name;
      return name === undefined || name === `${prefix}-${tier}` ? [] : [[tier, name]];
    }),
  );
}

/** What the names of buckets begin with: of those that are called as ours are, or of the other environment. */
export function prefixOf({ buckets }: Standing, otherwise: string): string {
  const found = storageTiers.flatMap((tier) => {
    const name = buckets[tier]?.name;
    return name?.endsWith(`-${tier}`) === true ? [name.slice(0, -`-${tier}`.length)] : [];
  });
  return found[0] ?? otherwise;
}
