import { Readable } from "node:stream";

import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketCorsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { request } from "undici";

import type { Wasabi } from "../../src/wasabi/server.ts";
import { type Key, iamClient, s3Client } from "./clients.ts";
import { adminKey, allowing, startTestWasabi } from "./support.ts";

const region = "eu-central-2";
/** The SDK warns of streams on the console, which is no part of a test. */
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const running: Wasabi[] = [];

afterAll(async () => {
  await Promise.all(running.map((wasabi) => wasabi.close()));
});

/** Wasabi with a bucket, made by the administrator's clients. */
async function start(overrides = {}) {
  const test = await startTestWasabi(overrides);
  running.push(test.wasabi);
  const s3 = s3Client(test.wasabi);
  const iam = iamClient(test.wasabi);
  await s3.send(
    new CreateBucketCommand({
      Bucket: "media",
      CreateBucketConfiguration: { LocationConstraint: region },
    }),
  );
  const user = async (name: string, policy: string): Promise<Key> => {
    await iam.send(new CreateUserCommand({ UserName: name }));
    await iam.send(
      new PutUserPolicyCommand({ UserName: name, PolicyName: "p", PolicyDocument: policy }),
    );
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
    return {
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    };
  };
  return { ...test, s3, iam, user };
}

const put = (Key: string, Body = "hello") => new PutObjectCommand({ Bucket: "media", Key, Body });
const get = (Key: string) => new GetObjectCommand({ Bucket: "media", Key });
const refused = { name: "AccessDenied", $metadata: { httpStatusCode: 403 } };

test("a user made through IAM may do in S3 what his policy allows, and nothing else", async () => {
  const { wasabi, user } = await start();
  const uploader = s3Client(
    wasabi,
    await user("uploader", allowing("s3:PutObject", "arn:aws:s3:::media/uploads/*")),
  );
  await uploader.send(put("uploads/a"));

  await expect(uploader.send(get("uploads/a"))).rejects.toMatchObject(refused);
  await expect(uploader.send(put("other/a"))).rejects.toMatchObject(refused);
  await expect(
    uploader.send(new DeleteObjectCommand({ Bucket: "media", Key: "uploads/a" })),
  ).rejects.toMatchObject(refused);
  expect(wasabi.findings()).toEqual([]);
});

test("a bucket policy that denies plain HTTP refuses it to everybody, the administrator included", async () => {
  const { wasabi, s3 } = await start();
  await s3.send(put("a"));
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket: "media",
      Policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: ["arn:aws:s3:::media", "arn:aws:s3:::media/*"],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    }),
  );
  const url = await getSignedUrl(s3, get("a"), { expiresIn: 60 });

  expect((await request(url)).statusCode).toBe(200);
  expect((await request(url, { headers: { "x-rehearsal-transport": "http" } })).statusCode).toBe(
    403,
  );
  expect(wasabi.findings()).toEqual([]);
});

test("a copy needs to read the source and to write the target", async () => {
  const { wasabi, s3, user } = await start();
  await s3.send(put("staging/a"));
  const copy = new CopyObjectCommand({
    Bucket: "media",
    Key: "masters/a",
    CopySource: "media/staging/a",
  });
  const writer = await user("writer", allowing("s3:PutObject", "arn:aws:s3:::media/masters/*"));
  const promoter = await user(
    "promoter",
    allowing(
      ["s3:PutObject", "s3:GetObject"],
      ["arn:aws:s3:::media/masters/*", "arn:aws:s3:::media/staging/*"],
    ),
  );

  await expect(s3Client(wasabi, writer).send(copy)).rejects.toMatchObject(refused);
  await s3Client(wasabi, promoter).send(copy);
  expect((await s3.send(get("masters/a"))).ContentLength).toBe(5);
});

test("an object that is not there is 403 for whoever may not list, 404 for whoever may", async () => {
  const { wasabi, s3, user } = await start();
  const reader = s3Client(
    wasabi,
    await user("reader", allowing("s3:GetObject", "arn:aws:s3:::media/*")),
  );
  const head = new HeadObjectCommand({ Bucket: "media", Key: "none" });

  await expect(reader.send(head)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  await expect(s3.send(head)).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
});

test("presigned URLs put and get, with the rights of whoever signed, until his key is switched off", async () => {
  const { wasabi, iam, user } = await start();
  const key = await user("uploader", allowing("s3:PutObject", "arn:aws:s3:::media/*"));
  const signer = s3Client(wasabi, key);
  const upload = await getSignedUrl(signer, put("a"), { expiresIn: 60 });
  const download = await getSignedUrl(signer, get("a"), { expiresIn: 60 });
  const send = async () => (await request(upload, { method: "PUT", body: "hello" })).statusCode;

  expect(await send()).toBe(200);
  expect((await request(download)).statusCode).toBe(403);
  await iam.send(
    new UpdateAccessKeyCommand({
      UserName: "uploader",
      AccessKeyId: key.accessKeyId,
      Status: "Inactive",
    }),
  );
  expect(await send()).toBe(403);
});

test("a presigned PUT made with the SDK's default checksum refuses every body but the empty one", async () => {
  const { wasabi } = await start();
  const careless = new S3Client({
    endpoint: wasabi.urls.s3,
    region,
    forcePathStyle: true,
    credentials: adminKey,
  });
  const url = await getSignedUrl(careless, new PutObjectCommand({ Bucket: "media", Key: "a" }), {
    expiresIn: 60,
  });
  const answer = await request(url, { method: "PUT", body: "hello" });

  expect(url).toContain("x-amz-checksum-crc32");
  expect(answer.statusCode).toBe(400);
  expect(await answer.body.text()).toContain("<Code>BadDigest</Code>");
});

test("a header that is not known is refused in a presigned URL too", async () => {
  const { wasabi, s3 } = await start();
  const paidByOthers = new PutObjectCommand({
    Bucket: "media",
    Key: "a",
    RequestPayer: "requester",
  });
  const url = await getSignedUrl(s3, paidByOthers, { expiresIn: 60 });

  expect(url).toContain("x-amz-request-payer=requester");
  expect((await request(url, { method: "PUT", body: "x" })).statusCode).toBe(501);
  expect(wasabi.findings()).toEqual(["PutObject does not know the header x-amz-request-payer."]);
});

test("a streamed upload with the SDK's default checksum behind it is an incomplete body", async () => {
  const { wasabi } = await start();
  const careless = new S3Client({
    endpoint: wasabi.urls.s3,
    region,
    forcePathStyle: true,
    credentials: adminKey,
    maxAttempts: 1,
    logger: silent,
  });
  const body = Readable.from(["hel", "lo"]);
  const streamed = new PutObjectCommand({
    Bucket: "media",
    Key: "a",
    Body: body,
    ContentLength: 5,
  });

  await expect(careless.send(streamed)).rejects.toMatchObject({ name: "IncompleteBody" });
});

test("a multipart upload goes through, each part by a presigned URL as a browser sends it", async () => {
  const { s3 } = await start();
  const upload = { Bucket: "media", Key: "big" };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(upload));
  const send = async (PartNumber: number, body: string) => {
    const url = await getSignedUrl(s3, new UploadPartCommand({ ...upload, UploadId, PartNumber }), {
      expiresIn: 60,
    });
    const { headers } = await request(url, { method: "PUT", body });
    return { PartNumber, ETag: String(headers.etag) };
  };
  const Parts = [await send(1, "x".repeat(5 * 1024 * 1024)), await send(2, "end")];
  const done = await s3.send(
    new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload: { Parts } }),
  );

  expect(done.ETag).toMatch(/-2"$/);
  expect((await s3.send(new HeadObjectCommand(upload))).ContentLength).toBe(5 * 1024 * 1024 + 3);
});

test("a browser may upload from the origin that the bucket allows, and is told the ETag", async () => {
  const { s3 } = await start();
  const CORSRules = [
    {
      AllowedOrigins: ["https://app.example"],
      AllowedMethods: ["PUT"],
      AllowedHeaders: ["content-type"],
      ExposeHeaders: ["ETag"],
      MaxAgeSeconds: 3600,
    },
  ];
  await s3.send(new PutBucketCorsCommand({ Bucket: "media", CORSConfiguration: { CORSRules } }));
  const url = await getSignedUrl(s3, put("a"), { expiresIn: 60 });
  const preflight = async (origin: string) =>
    (
      await request(url, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "PUT",
          "access-control-request-headers": "content-type",
        },
      })
    ).statusCode;
  const uploaded = await request(url, {
    method: "PUT",
    body: "hello",
    headers: { origin: "https://app.example" },
  });

  expect([await preflight("https://app.example"), await preflight("https://evil.example")]).toEqual(
    [200, 403],
  );
  expect(uploaded.headers).toMatchObject({
    "access-control-allow-origin": "https://app.example",
    "access-control-expose-headers": "ETag",
  });
});

test("without a CORS configuration a default applies, which lets every page read and none write", async () => {
  const { s3 } = await start();
  const { CORSRules } = await s3.send(new GetBucketCorsCommand({ Bucket: "media" }));
  expect(CORSRules).toMatchObject([{ AllowedOrigins: ["*"], AllowedMethods: ["GET", "HEAD"] }]);
});

test("lifecycle rules run at midnight UTC of the virtual clock", async () => {
  const { s3, clock } = await start();
  await s3.send(
    new PutBucketVersioningCommand({
      Bucket: "media",
      VersioningConfiguration: { Status: "Enabled" },
    }),
  );
  await s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket: "media",
      LifecycleConfiguration: {
        Rules: [{ ID: "a", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 3 } }],
      },
    }),
  );
  await s3.send(put("a"));
  clock.time = new Date("2026-01-04T23:59:00Z");
  await s3.send(get("a"));
  clock.time = new Date("2026-01-05T00:00:00Z");

  await expect(s3.send(get("a"))).rejects.toMatchObject({ name: "NoSuchKey" });
});

test("the public gets nothing", async () => {
  const { wasabi, s3 } = await start();
  await s3.send(put("a"));
  expect((await request(`${wasabi.urls.s3}/media/a`)).statusCode).toBe(403);
});

test("STS tells the account's administrator who he is", async () => {
  const { wasabi } = await start();
  const sts = new STSClient({
    endpoint: wasabi.urls.sts,
    region: "us-east-1",
    credentials: adminKey,
  });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: "100000000001",
    Arn: "arn:aws:iam::100000000001:user/terraform",
  });
});

test("when Wasabi is down, all three services are, until the fault is removed", async () => {
  const { wasabi, s3, iam, faults } = await start();
  faults.add({ platform: "wasabi", kind: "down" });
  await expect(s3.send(put("a"))).rejects.toThrow();
  await expect(iam.send(new CreateUserCommand({ UserName: "a" }))).rejects.toThrow();
  await expect(request(wasabi.urls.sts)).rejects.toThrow();
  faults.clear();
  await s3.send(put("a"));
});

test("each service shows the same state, without secrets", async () => {
  const { wasabi, user } = await start();
  const { secretAccessKey } = await user("up", allowing("s3:PutObject", "*"));
  const states = await Promise.all(
    Object.values(wasabi.urls).map(async (url) => (await request(`${url}/__state`)).body.text()),
  );

  expect(new Set(states).size).toBe(1);
  expect(states[0]).toContain("arn:aws:iam::100000000001:user/up");
  expect(states[0]).not.toContain(secretAccessKey);
});

test("an address that was signed with a length takes that length and no other; one without takes any", async () => {
  const { s3 } = await start();
  const begun = await s3.send(new CreateMultipartUploadCommand({ Bucket: "media", Key: "big" }));
  const part = { Bucket: "media", Key: "big", UploadId: begun.UploadId, PartNumber: 1 };
  const signed = await Promise.all([
    getSignedUrl(s3, new PutObjectCommand({ Bucket: "media", Key: "a", ContentLength: 5 })),
    getSignedUrl(s3, new UploadPartCommand({ ...part, ContentLength: 5 })),
  ]);
  const open = await getSignedUrl(s3, new PutObjectCommand({ Bucket: "media", Key: "b" }));
  const put = async (address: string, body: string) => {
    const { statusCode, body: answer } = await request(address, { method: "PUT", body });
    return [statusCode, /<Code>(\w+)/.exec(await answer.text())?.[1]];
  };

  for (const address of signed) {
    expect(address).toContain("X-Amz-SignedHeaders=content-length%3Bhost");
    expect(await put(address, "123456")).toEqual([403, "SignatureDoesNotMatch"]);
    expect(await put(address, "1234")).toEqual([403, "SignatureDoesNotMatch"]);
    expect(await put(address, "12345")).toEqual([200, undefined]);
  }
  expect(await put(open, "123456789")).toEqual([200, undefined]);
});
