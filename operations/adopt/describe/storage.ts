import { type StorageTier, storageTiers } from "../../../constructs/storage/tiers.ts";
import type { EnvironmentInput } from "../../../environments/schema/environment.ts";
import type { Described } from "../remark.ts";
import type { Standing, StandingBucket } from "../standing.ts";
import { bucketRemarks, longestDays, versionRemarks } from "./storage-remarks.ts";

type Storage = EnvironmentInput["storage"];

const unlockedReason = "The bucket stood without object lock when it was adopted.";

/** Field of the retention that decides when objects of a tier go; masters never go. */
const retentionFields = {
  staging: "stagingDays",
  previews: "previewsDays",
  backups: "backupsDays",
} as const;

type Expiring = keyof typeof retentionFields;

/**
 * Buckets: their locks, and when objects go. What has no expiry now keeps its objects for as long as a rule can say.
 *
 * @param otherwise what the other environment has, with a prefix of its own: for buckets that are made anew.
 */
export function describeStorage(standing: Standing, otherwise: Storage): Described<Storage> {
  const { buckets } = standing;
  const retention = { ...daysOf(buckets), ...versionDays(buckets) };
  return {
    fields: {
      ...otherwise,
      ...locked("masters", buckets.masters, otherwise),
      ...locked("backups", buckets.backups, otherwise),
      ...(Object.keys(retention).length === 0
        ? {}
        : { retention: { ...otherwise.retention, ...retention } }),
    },
    remarks: [
      ...storageTiers.flatMap((tier) =>
        bucketRemarks(tier, buckets[tier], tier === "masters" ? undefined : retentionFields[tier]),
      ),
      ...versionRemarks(retention.replacedVersionDays),
    ],
  };
}

/** When objects go: as now, but never before their lock ends, and never where none goes now. */
function daysOf(buckets: Standing["buckets"]): Readonly<Record<string, number>> {
  const entries = Object.entries(retentionFields).flatMap(([tier, field]) => {
    const bucket = buckets[tier as Expiring];
    const days = Math.max(bucket?.expiresAfterDays ?? longestDays, bucket?.lock?.days ?? 0);
    return bucket ? [[field, Math.min(days, longestDays)] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** When replaced versions go: one number for all tiers, so that it is the longest of those that stand. */
function versionDays(buckets: Standing["buckets"]): { readonly replacedVersionDays?: number } {
  const days = [buckets.staging, buckets.previews, buckets.backups].flatMap((bucket) =>
    bucket && (bucket.isVersioned || bucket.hasVersions === true)
      ? [bucket.versionsExpireAfterDays ?? longestDays]
      : [],
  );
  return days.length === 0 ? {} : { replacedVersionDays: Math.min(Math.max(...days), longestDays) };
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
