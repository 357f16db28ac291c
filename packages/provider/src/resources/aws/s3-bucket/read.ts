import { HeadBucketCommand } from "@aws-sdk/client-s3";
import { errorStatus } from "@mam-infra/clients/aws-error";
import type { ResourceData } from "../../../engine/data.ts";
import { repeatWhile } from "../../../engine/repeat.ts";
import { awsFailure, refusedAs, type AwsContext } from "../calls.ts";
import { prefixOf } from "../names.ts";
import { cors } from "./cors.ts";
import { lifecycle } from "./lifecycle.ts";
import { objectLock } from "./object-lock.ts";
import {
  acceleration,
  accessControlList,
  encryption,
  logging,
  policy,
  replication,
  requestPayment,
  tagging,
  website,
} from "./read-only.ts";
import { placeOf } from "./region.ts";
import type { Attributes, BucketSetting } from "./setting.ts";
import { versioning } from "./versioning.ts";

/** In the order in which the provider asks (provider 5.100.0, service/s3/bucket.go). */
const settings: readonly BucketSetting[] = [
  policy,
  accessControlList,
  cors,
  website,
  versioning,
  acceleration,
  requestPayment,
  logging,
  lifecycle,
  replication,
  encryption,
  objectLock,
];

/** Refusals by which an S3-compatible platform says that it does not have a setting. */
const withoutSetting = ["MethodNotAllowed", "NotImplemented", "XNotImplemented"];

/** Whether a refusal says that there is no such bucket. HEAD has no body, and so no code. */
function isGone(refusal: unknown): boolean {
  return refusedAs(refusal, "NoSuchBucket") || errorStatus(refusal) === 404;
}

/** Asks for a bucket; undefined when there is none, else its region: "" when the platform does not say. */
export async function regionOf(
  bucket: string,
  { client }: AwsContext,
): Promise<string | undefined> {
  try {
    const answer = await client.storage.send(new HeadBucketCommand({ Bucket: bucket }));
    return answer.BucketRegion ?? "";
  } catch (refusal) {
    if (isGone(refusal)) return undefined;
    throw refusal;
  }
}

function setAll(data: ResourceData, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) data.set(name, value);
}

/** Reads a setting into the state. @returns whether the bucket is still there. */
async function readSetting(
  data: ResourceData,
  context: AwsContext,
  { title, absentCodes, absent, read }: BucketSetting,
): Promise<boolean> {
  const noSuchBucket = (refusal: unknown): boolean => refusedAs(refusal, "NoSuchBucket");
  try {
    const held = await repeatWhile(context, data.timeoutSeconds("read"), noSuchBucket, () =>
      read(context.client.storage, data.id, data),
    );
    setAll(data, held ?? absent);
  } catch (refusal) {
    if (!data.isNew && noSuchBucket(refusal)) return false;
    if (!refusedAs(refusal, ...absentCodes, ...withoutSetting)) {
      throw refusal instanceof Error && !("$metadata" in refusal)
        ? refusal
        : awsFailure(`reading S3 Bucket (${data.id}) ${title}`, refusal);
    }
    setAll(data, absent);
  }
  return true;
}

async function find(data: ResourceData, context: AwsContext): Promise<string | undefined> {
  try {
    return await regionOf(data.id, context);
  } catch (refusal) {
    throw awsFailure(`reading S3 Bucket (${data.id})`, refusal);
  }
}

/** Reads a bucket with all its settings: fifteen requests. */
export async function readBucket(data: ResourceData, context: AwsContext): Promise<void> {
  const bucket = data.id;
  if ((await find(data, context)) === undefined) {
    if (data.isNew) throw awsFailure(`reading S3 Bucket (${bucket})`, "couldn't find resource");
    data.id = "";
    return;
  }
  setAll(data, {
    arn: `arn:aws:s3:::${bucket}`,
    bucket,
    bucket_domain_name: `${bucket}.s3.amazonaws.com`,
    bucket_prefix: prefixOf(bucket),
  });
  for (const setting of settings) {
    if (!(await readSetting(data, context, setting))) {
      data.id = "";
      return;
    }
  }
  setAll(data, placeOf(bucket, (await find(data, context)) ?? ""));
  await readSetting(data, context, tagging);
}
