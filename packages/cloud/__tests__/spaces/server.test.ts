import { Readable } from "node:stream";

import {
  GetBucketAclCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketAclCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";

import { startClock } from "../../src/clock.ts";
import { Faults } from "../../src/faults.ts";
import { RequestLog } from "../../src/request-log.ts";
import { type Spaces, type SpacesSeed, startSpaces } from "../../src/spaces/server.ts";

const key = { accessKeyId: "SPACESKEY", secretAccessKey: "secret" };
/** The SDK warns of streams on the console, which is no part of a test. */
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const running: { close: () => Promise<void> }[] = [];

afterAll(async () => {
  await Promise.all(running.map((server) => server.close()));
});

async function start(seed: Partial<SpacesSeed> = {}) {
  const context = { clock: startClock(), requestLog: new RequestLog(), faults: new Faults() };
  const spaces = await startSpaces(context, { accessKeys: [key], buckets: ["state"], ...seed });
  running.push(spaces);
  return { spaces, ...context };
}

function client({ url }: Spaces, credentials = key) {
  return new S3Client({
    endpoint: url,
    region: "us-east-1",
    forcePathStyle: true,
    credentials,
    maxAttempts: 1,
    logger: silent,
  });
}

const put = (Body: string, conditional = true) =>
  new PutObjectCommand({
    Bucket: "state",
    Key: "a.tflock",
    Body,
    ...(conditional && { IfNoneMatch: "*" }),
  });

test("a bucket that is listed in public answers whoever has no key with its list and no object, until it is private", async () => {
  const { spaces } = await start();
  const s3 = client(spaces);
  await s3.send(put("secret"));
  const status = async (path: string) => (await fetch(`${spaces.url}/state${path}`)).status;
  const seen = async () => [await status("?list-type=2"), await status("/a.tflock")];
  const set = (ACL: "private" | "public-read") =>
    s3.send(new PutBucketAclCommand({ Bucket: "state", ACL }));

  expect(await seen()).toEqual([403, 403]);
  await set("public-read");
  expect(await seen()).toEqual([200, 403]);
  const { Grants } = await s3.send(new GetBucketAclCommand({ Bucket: "state" }));
  expect(Grants!.map(({ Permission }) => Permission)).toEqual(["FULL_CONTROL", "READ"]);
  await set("private");
  expect(await seen()).toEqual([403, 403]);
  spaces.account.anybodyMay.set("state", new Set(["s3:GetObject"]));
  expect(await seen()).toEqual([403, 200]);
});

test("of two conditional PUTs of one key the second gets 412", async () => {
  const { spaces } = await start();
  const s3 = client(spaces);
  await s3.send(put("mine"));

  await expect(s3.send(put("theirs"))).rejects.toMatchObject({
    name: "PreconditionFailed",
    $metadata: { httpStatusCode: 412 },
  });
});

test("a store that ignores conditions accepts both, and the first lock is lost in silence", async () => {
  const { spaces } = await start({ ignoresConditions: true });
  const s3 = client(spaces);
  await s3.send(put("mine"));
  await s3.send(put("theirs"));
  const lock = await s3.send(new GetObjectCommand({ Bucket: "state", Key: "a.tflock" }));

  expect(await lock.Body?.transformToString()).toBe("theirs");
});

test("the bucket keeps versions: an overwritten state can be had back", async () => {
  const { spaces } = await start();
  const s3 = client(spaces);
  await s3.send(put("1", false));
  await s3.send(put("2", false));
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: "state" }));
  const old = await s3.send(
    new GetObjectCommand({ Bucket: "state", Key: "a.tflock", VersionId: Versions[1]?.VersionId }),
  );

  expect(Versions).toHaveLength(2);
  expect(await old.Body?.transformToString()).toBe("1");
});

test("checksums are tolerated, in headers and behind a streamed body", async () => {
  const { spaces } = await start();
  const s3 = client(spaces);
  const streamed = await s3.send(
    new PutObjectCommand({
      Bucket: "state",
      Key: "b",
      Body: Readable.from(["hel", "lo"]),
      ContentLength: 5,
    }),
  );

  expect(streamed.ChecksumCRC32).toBe("NhCmhg==");
  expect(spaces.findings()).toEqual([]);
});

test("only a known key gets in", async () => {
  const { spaces } = await start();
  const wrong = client(spaces, { ...key, secretAccessKey: "other" });
  await expect(wrong.send(put("x"))).rejects.toMatchObject({ name: "SignatureDoesNotMatch" });
  expect((await fetch(`${spaces.url}/state/a.tflock`)).status).toBe(403);
});

test("a key that may only read is refused every change", async () => {
  const reader = { accessKeyId: "READER", secretAccessKey: "other", permission: "read" } as const;
  const { spaces } = await start();
  spaces.account.accessKeys.push(reader);
  const s3 = client(spaces, reader);

  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: "state" }));

  expect(Versions).toEqual([]);
  await expect(s3.send(put("x"))).rejects.toMatchObject({ name: "AccessDenied" });
});

test("a store can begin to ignore conditions, and to honour them again", async () => {
  const { spaces } = await start();
  const s3 = client(spaces);
  await s3.send(put("mine"));

  spaces.account.ignoresConditions = true;
  await s3.send(put("theirs"));
  spaces.account.ignoresConditions = false;

  await expect(s3.send(put("third"))).rejects.toMatchObject({ name: "PreconditionFailed" });
});

test("an error after the effect leaves the lock behind, and a retry meets it", async () => {
  const { spaces, faults, requestLog } = await start();
  faults.add({ platform: "spaces", method: "PUT", kind: "error-after-effect" });
  const s3 = client(spaces);

  await expect(s3.send(put("mine"))).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  await expect(s3.send(put("mine"))).rejects.toMatchObject({ name: "PreconditionFailed" });
  expect(requestLog.entries().map(({ status }) => status)).toEqual([500, 412]);
});

test("what is not known here is refused by name and reported", async () => {
  const { spaces } = await start();
  await expect(
    client(spaces).send(
      new PutObjectCommand({ Bucket: "state", Key: "a", ServerSideEncryption: "AES256" }),
    ),
  ).rejects.toMatchObject({ name: "NotImplemented" });
  expect(spaces.findings()).toEqual([
    "PutObject does not know the header x-amz-server-side-encryption.",
  ]);
});
