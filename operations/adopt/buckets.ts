import {
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  type DefaultRetention,
  type S3Client,
} from "@aws-sdk/client-s3";

import { errorStatus, ifPresent } from "@mam-infra/clients/aws-error";
import { lifecycleOf } from "./lifecycle.ts";
import type { StandingBucket } from "./standing.ts";

/**
 * Asks Wasabi what a bucket does with its objects: six requests, or one where it lies elsewhere.
 *
 * @param region the region of Wasabi whose address is asked.
 */
export async function readBucket(
  storage: S3Client,
  name: string,
  region: string,
): Promise<StandingBucket> {
  const Bucket = name;
  const place = await regionOf(storage, name);
  if (place !== region) return { name, isVersioned: false, elsewhere: place };
  const [versioning, lifecycle, locking, policy, cors] = await Promise.all([
    storage.send(new GetBucketVersioningCommand({ Bucket })),
    ifPresent(storage.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))),
    ifPresent(storage.send(new GetObjectLockConfigurationCommand({ Bucket }))),
    ifPresent(storage.send(new GetBucketPolicyCommand({ Bucket }))),
    ifPresent(storage.send(new GetBucketCorsCommand({ Bucket }))),
  ]);
  const { ObjectLockEnabled, Rule } = locking?.ObjectLockConfiguration ?? {};
  const origins = (cors?.CORSRules ?? []).flatMap(({ AllowedOrigins }) => AllowedOrigins ?? []);
  return {
    name,
    isVersioned: versioning.Status === "Enabled",
    hasVersions: versioning.Status !== undefined,
    isLockable: ObjectLockEnabled === "Enabled",
    ...lockOf(Rule?.DefaultRetention),
    ...lifecycleOf(lifecycle?.Rules ?? []),
    hasPolicy: policy !== undefined,
    // What Wasabi answers where nobody wrote any is for everybody: docs.wasabi.com/docs/cross-origin-resource-sharing-cors.
    origins: [...new Set(origins)].filter((origin) => origin !== "*"),
  };
}

/** The region that a bucket lies in. Other regions' addresses answer some questions about it, or none. */
async function regionOf(storage: S3Client, Bucket: string): Promise<string> {
  try {
    const { LocationConstraint } = await storage.send(new GetBucketLocationCommand({ Bucket }));
    const place: string = LocationConstraint ?? "";
    // S3 has no word for its first region.
    return place === "" ? "us-east-1" : place;
  } catch (error) {
    if (errorStatus(error) === 301) return "another region";
    throw error;
  }
}

/** Days of a year, as S3 counts them for a retention in years. */
const daysOfYear = 365;

function lockOf({ Mode, Days, Years }: DefaultRetention = {}): Pick<StandingBucket, "lock"> {
  const days = Days ?? (Years === undefined ? undefined : Years * daysOfYear);
  return Mode && days !== undefined ? { lock: { mode: Mode, days } } : {};
}
