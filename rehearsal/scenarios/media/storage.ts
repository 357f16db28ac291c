import { type StorageTier, bucketName } from "../../../constructs/storage/tiers.ts";
import type { RehearsalCloud } from "../../harness/rehearsal-cloud.ts";

/** Objects of a tier by key, each with the bytes of its versions, newest first; what was deleted counts as well. */
function versionsIn(
  { environment, wasabi }: RehearsalCloud,
  tier: StorageTier,
): ReadonlyMap<string, readonly number[]> {
  const bucket = wasabi.store.buckets.get(bucketName(environment.config, tier));
  if (!bucket) throw new Error(`there is no bucket for ${tier}`);
  return new Map(
    [...bucket.objects].map(([key, versions]) => [key, versions.map(({ body }) => body.length)]),
  );
}

/** Bytes of an asset's master. */
export function masterBytes(cloud: RehearsalCloud, asset: string): number | undefined {
  const [found] = [...versionsIn(cloud, "masters")].filter(([key]) => key.startsWith(`${asset}/`));
  return found?.[1][0];
}

/** Assets whose preview was not finished exactly once, each with how often it was. */
export function notMadeOnce(cloud: RehearsalCloud, assets: readonly string[]): string[] {
  const previews = versionsIn(cloud, "previews");
  return assets
    .map((asset) => [asset, previews.get(`${asset}/preview.json`)?.length ?? 0] as const)
    .filter(([, times]) => times !== 1)
    .map(([asset, times]) => `the preview of ${asset} was finished ${times} times`);
}
