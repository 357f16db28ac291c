import { CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  S3Client,
} from "@aws-sdk/client-s3";

import { newAccessKey } from "../../src/wasabi/account.ts";
import { newBucket } from "../../src/s3/store.ts";
import type { Wasabi } from "../../src/wasabi/server.ts";
import { adminKey, allowing, startTestWasabi } from "./support.ts";

let wasabi: Wasabi;
beforeAll(async () => {
  ({ wasabi } = await startTestWasabi());
});
afterAll(() => wasabi.close());

const clients = (credentials = adminKey) => {
  const shared = { credentials, maxAttempts: 1 };
  return {
    s3: new S3Client({
      ...shared,
      endpoint: wasabi.urls.s3,
      region: "eu-central-2",
      forcePathStyle: true,
    }),
    iam: new IAMClient({ ...shared, endpoint: wasabi.urls.iam, region: "us-east-1" }),
  };
};

/** A user who may do one thing. */
async function aUser(UserName: string, action: string) {
  const { iam } = clients();
  await iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = allowing(action, "*");
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "one", PolicyDocument }));
  const key = newAccessKey(new Date());
  wasabi.account.users.get(UserName)!.accessKeys.set(key.accessKeyId, key);
  return clients(key);
}

const inNoRegion = new CreateBucketCommand({
  Bucket: "mam-probe",
  CreateBucketConfiguration: { LocationConstraint: "nowhere-1" as BucketLocationConstraint },
});

test("a bucket of another account is answered 403, one that nobody has 404", async () => {
  const { s3 } = clients();
  const head = (Bucket: string) => s3.send(new HeadBucketCommand({ Bucket }));

  await expect(head("taken")).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  await expect(head("nobody")).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
});

test("a bucket of another region is listed everywhere, and says where it is", async () => {
  const bucket = { ...newBucket("mam-far", new Date(), false), region: "ap-northeast-1" };
  wasabi.store.buckets.set("mam-far", bucket);
  const { s3 } = clients();

  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket: "mam-far" }));

  expect(Buckets?.map(({ Name }) => Name)).toContain("mam-far");
  expect(LocationConstraint).toBe("ap-northeast-1");
});

test("whether a bucket may be made is judged before its region", async () => {
  const stranger = await aUser("reader", "s3:ListAllMyBuckets");

  await expect(stranger.s3.send(inNoRegion)).rejects.toMatchObject({ name: "AccessDenied" });
  await expect(clients().s3.send(inNoRegion)).rejects.toMatchObject({
    name: "IllegalLocationConstraintException",
  });
  expect(wasabi.store.buckets.has("mam-probe")).toBe(false);
});

test("whether a user may be made is judged before his name", async () => {
  const stranger = await aUser("lister", "iam:ListUsers");
  const again = new CreateUserCommand({ UserName: "lister" });

  await expect(stranger.iam.send(again)).rejects.toMatchObject({ name: "AccessDenied" });
  await expect(clients().iam.send(again)).rejects.toMatchObject({
    name: "EntityAlreadyExistsException",
  });
});
