import type { EnvironmentConfig } from "../../environments/schema/environment.ts";

/**
 * The storage tiers, named by what they hold: Wasabi has one storage class, so "hot" and "cold" would mean nothing.
 * Media moves from staging to masters to previews; backups hold the database's dumps.
 */
export const storageTiers = ["staging", "masters", "previews", "backups"] as const;

/** One of the storage tiers. */
export type StorageTier = (typeof storageTiers)[number];

/** Name of a tier's bucket. */
export function bucketName({ storage, state }: EnvironmentConfig, tier: StorageTier): string {
  return state.adopted.buckets[tier] ?? `${storage.bucketPrefix}-${tier}`;
}

/** ARN of a bucket and of everything in it, as policies name them. */
export function bucketArns(bucket: string): { readonly bucket: string; readonly objects: string } {
  return { bucket: `arn:aws:s3:::${bucket}`, objects: `arn:aws:s3:::${bucket}/*` };
}
