import {
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

import { bucketName, storageTiers } from "../../constructs/storage/tiers.ts";
import { regions } from "../../environments/platform/regions.ts";
import { errorStatus } from "@mam-infra/clients/aws-error";
import type { Violation } from "../context/check.ts";
import { readState } from "../terraform/states.ts";
import type { DoctorContext } from "./context.ts";

/** What is wrong with the buckets of an environment: another region, another account, or gone. */
export async function lookAtBuckets(context: DoctorContext): Promise<Violation[]> {
  const { clients, environment } = context.session;
  const storage = clients.wasabiStorage();
  const names = storageTiers.map((tier) => bucketName(environment.config, tier));
  const { Buckets } = await storage.send(new ListBucketsCommand({}));
  const own = new Set((Buckets ?? []).map(({ Name }) => Name));
  const region = regions[environment.config.network.region].wasabi;
  const violations = await Promise.all(
    names.map((name) =>
      own.has(name) ? lookAtRegion(storage, name, region) : lookAtName(storage, name),
    ),
  );
  const found = violations.flat();
  if (found.length > 0 || names.some((name) => own.has(name))) return found;
  return lookAtAccount(context, names);
}

async function lookAtRegion(
  storage: S3Client,
  Bucket: string,
  expected: string,
): Promise<Violation[]> {
  const { LocationConstraint } = await storage.send(new GetBucketLocationCommand({ Bucket }));
  // The oldest region has no name of its own in this answer.
  const found = LocationConstraint ?? "us-east-1";
  if (found === expected) return [];
  const fix = "set `network.region` back: a bucket cannot be moved";
  return [{ resource: `the bucket ${Bucket}`, expected, found, fix }];
}

/** Names are unique over all of Wasabi: one that is not the account's may be somebody else's. */
async function lookAtName(storage: S3Client, Bucket: string): Promise<Violation[]> {
  try {
    await storage.send(new HeadBucketCommand({ Bucket }));
  } catch (error) {
    const status = errorStatus(error);
    if (status === 404) return [];
    // Beside 403: a redirection to the region of somebody else's bucket.
    if (status === undefined || status >= 500) throw error;
  }
  const found = "a bucket of another account";
  return [
    { resource: `the bucket ${Bucket}`, expected: "the account's own, or a free name", found },
  ];
}

/** Buckets that a state knows and an account does not have: it is another account, or they were deleted. */
async function lookAtAccount(
  { session, wasabiCaller }: DoctorContext,
  names: readonly string[],
): Promise<Violation[]> {
  // A first deployment that was interrupted leaves a state with no bucket in it yet.
  const state = (await readState(session, "storage")) ?? "";
  if (!names.some((name) => state.includes(`"${name}"`))) return [];
  const { account } = await wasabiCaller();
  return [
    {
      resource: `the Wasabi account ${account}`,
      expected: `the buckets ${names.join(", ")}, which a state says exist`,
      found: "none of them",
    },
  ];
}
