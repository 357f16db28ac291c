import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
} from "@aws-sdk/client-s3";
import { repeatUntilGone, repeatWhile } from "../../engine/repeat.ts";
import { importById, type Operation } from "../../engine/resource.ts";
import { json } from "../../engine/rules.ts";
import {
  attemptOnAws,
  refusedAs,
  unlessAbsent,
  type AwsClients,
  type AwsContext,
  type AwsResource,
} from "./calls.ts";
import { normalJson, samePolicy, storedUnlessDifferent } from "./policy.ts";

/** How long a policy may take until it is seen (provider 5.100.0, service/s3, bucketPropagationTimeout). */
const PROPAGATION_SECONDS = 2 * 60;

function policyOf({ client }: AwsContext, bucket: string): Promise<string | undefined> {
  return unlessAbsent(["NoSuchBucket", "NoSuchBucketPolicy"], async () => {
    const answer = await client.storage.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    return answer.Policy;
  });
}

const read: Operation<AwsClients> = async (data, context) => {
  const doing = `reading S3 Bucket Policy (${data.id})`;
  const policy = await attemptOnAws(doing, () => policyOf(context, data.id));
  if (policy === undefined) {
    data.id = "";
    return;
  }
  data.set("bucket", data.id);
  data.set("policy", normalJson(storedUnlessDifferent(data.text("policy"), policy)));
};

const put: Operation<AwsClients> = async (data, context) => {
  const bucket = data.text("bucket");
  const command = () =>
    new PutBucketPolicyCommand({ Bucket: bucket, Policy: normalJson(data.text("policy")) });
  // A user that was created just now may still be unknown to the platform.
  await attemptOnAws(`putting S3 Bucket (${bucket}) Policy`, () =>
    repeatWhile(
      context,
      PROPAGATION_SECONDS,
      (refusal) => refusedAs(refusal, "MalformedPolicy", "NoSuchBucket"),
      () => context.client.storage.send(command()),
    ),
  );
  if (data.isNew) {
    data.id = bucket;
    await waitForPolicy(bucket, context);
  }
  await read(data, context);
};

async function waitForPolicy(bucket: string, context: AwsContext): Promise<void> {
  const notThere = new Error("couldn't find resource");
  await attemptOnAws(`waiting for S3 Bucket Policy (${bucket}) create`, () =>
    repeatWhile(
      context,
      PROPAGATION_SECONDS,
      (refusal) => refusal === notThere,
      async () => {
        if ((await policyOf(context, bucket)) === undefined) throw notThere;
      },
    ),
  );
}

/** The policy of a bucket (provider 5.100.0, service/s3/bucket_policy.go). */
export const s3BucketPolicy: AwsResource = {
  type: "aws_s3_bucket_policy",
  behaviour: {
    force_new: ["bucket"],
    diff_suppressed: { policy: samePolicy },
    state_normalised: { policy: normalJson },
    values_validated: { policy: json },
  },
  create: put,
  read,
  update: put,
  delete: async (data, context) => {
    const bucket = data.id;
    await attemptOnAws(`deleting S3 Bucket Policy (${bucket})`, () =>
      unlessAbsent(["NoSuchBucket"], () =>
        context.client.storage.send(new DeleteBucketPolicyCommand({ Bucket: bucket })),
      ),
    );
    await attemptOnAws(`waiting for S3 Bucket Policy (${bucket}) delete`, () =>
      repeatUntilGone(
        context,
        PROPAGATION_SECONDS,
        async () => (await policyOf(context, bucket)) !== undefined,
      ),
    );
  },
  importId: importById,
};
