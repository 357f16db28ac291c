import {
  CreateBucketCommand,
  DeleteBucketCommand,
  type BucketLocationConstraint,
  type CreateBucketCommandInput,
} from "@aws-sdk/client-s3";
import type { ResourceData } from "../../engine/data.ts";
import { ProviderFailure } from "../../engine/failure.ts";
import { repeatUntilGone, repeatWhile } from "../../engine/repeat.ts";
import { importById, type Operation } from "../../engine/resource.ts";
import {
  attemptOnAws,
  refusedAs,
  unlessAbsent,
  type AwsClients,
  type AwsContext,
  type AwsResource,
} from "./calls.ts";
import { bucketNameProblem, nameOr } from "./names.ts";
import { bucketBehaviour } from "./s3-bucket/behaviour.ts";
import { isCreatedLocked } from "./s3-bucket/object-lock.ts";
import { readBucket, regionOf } from "./s3-bucket/read.ts";
import { writeSettings } from "./s3-bucket/update.ts";

/** The region in which creating one's own bucket again succeeds, and which is no location constraint. */
const FIRST_REGION = "us-east-1";

async function newName(data: ResourceData, context: AwsContext): Promise<string> {
  const { region } = context.client;
  const name = nameOr(data.text("bucket"), data.text("bucket_prefix"), context.uniqueId);
  const problem = bucketNameProblem(name, region);
  if (problem !== undefined) {
    throw new ProviderFailure(`validating S3 Bucket (${name}) name: ${problem}`);
  }
  const isTaken =
    region === FIRST_REGION &&
    (await regionOf(name, context).then(
      (found) => found !== undefined,
      () => false,
    ));
  if (isTaken) throw new ProviderFailure(`creating S3 Bucket (${name}): BucketAlreadyExists`);
  return name;
}

function creation(name: string, region: string, data: ResourceData): CreateBucketCommandInput {
  return {
    Bucket: name,
    ACL: "private",
    ...(region === FIRST_REGION
      ? {}
      : {
          CreateBucketConfiguration: {
            // The SDK lists AWS's regions; Wasabi has others.
            LocationConstraint: region as BucketLocationConstraint,
          },
        }),
    ...(isCreatedLocked(data) ? { ObjectLockEnabledForBucket: true } : {}),
  };
}

const create: Operation<AwsClients> = async (data, context) => {
  const { storage, region } = context.client;
  const name = await newName(data, context);
  const seconds = data.timeoutSeconds("create");
  await attemptOnAws(`creating S3 Bucket (${name})`, () =>
    repeatWhile(
      context,
      seconds,
      (refusal) => refusedAs(refusal, "OperationAborted"),
      () => storage.send(new CreateBucketCommand(creation(name, region, data))),
    ),
  );
  data.id = name;
  const notYet = new Error("couldn't find resource");
  await attemptOnAws(`waiting for S3 Bucket (${name}) create`, () =>
    repeatWhile(
      context,
      seconds,
      (refusal) => refusal === notYet,
      async () => {
        if ((await regionOf(name, context)) === undefined) throw notYet;
      },
    ),
  );
  await writeSettings(data, context);
  await readBucket(data, context);
};

const destroy: Operation<AwsClients> = async (data, context) => {
  const { storage } = context.client;
  await attemptOnAws(`deleting S3 Bucket (${data.id})`, () =>
    unlessAbsent(["NoSuchBucket"], () =>
      storage.send(new DeleteBucketCommand({ Bucket: data.id })),
    ),
  );
  await attemptOnAws(`waiting for S3 Bucket (${data.id}) delete`, () =>
    repeatUntilGone(
      context,
      data.timeoutSeconds("delete"),
      async () => (await regionOf(data.id, context)) !== undefined,
    ),
  );
};

/** A bucket with its settings inline (provider 5.100.0, service/s3/bucket.go). */
export const s3Bucket: AwsResource = {
  type: "aws_s3_bucket",
  behaviour: bucketBehaviour,
  create,
  read: readBucket,
  update: async (data, context) => {
    await writeSettings(data, context);
    await readBucket(data, context);
  },
  delete: destroy,
  importId: importById,
};
