import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { request as httpRequest } from "node:http";
import { setTimeout } from "node:timers/promises";

import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { request } from "undici";

import { filesOf } from "../../src/s3/store.ts";
import type { Wasabi } from "../../src/wasabi/server.ts";
import { s3Client } from "./clients.ts";
import { startTestWasabi } from "./support.ts";

const mib = 1024 * 1024;
const Bucket = "media";
const running: Wasabi[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((wasabi) => wasabi.close()));
});

async function start() {
  const { wasabi, requestLog } = await startTestWasabi();
  running.push(wasabi);
  const s3 = s3Client(wasabi);
  const LocationConstraint = "eu-central-2";
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }),
  );
  return { wasabi, s3, requestLog };
}

type S3 = Awaited<ReturnType<typeof start>>["s3"];

/** Sends a part as a browser does: by a presigned URL, with its own length. */
async function putPart(s3: S3, UploadId: string, PartNumber: number, bytes: Buffer, Key = "film") {
  const part = { Bucket, Key, UploadId, PartNumber, ContentLength: bytes.length };
  const url = await getSignedUrl(s3, new UploadPartCommand(part), { expiresIn: 60 });
  const { statusCode, headers, body } = await request(url, { method: "PUT", body: bytes });
  await body.dump();
  return { status: statusCode, ETag: String(headers.etag), PartNumber };
}

async function begin(s3: S3, Key = "film"): Promise<string> {
  const upload = new CreateMultipartUploadCommand({ Bucket, Key, ContentType: "video/mp4" });
  return (await s3.send(upload)).UploadId ?? "";
}

/** An object of 12 MiB in three parts. */
async function aFilm(s3: S3) {
  const parts = [randomBytes(5 * mib), randomBytes(5 * mib), randomBytes(2 * mib + 17)] as const;
  const UploadId = await begin(s3);
  const sent = [];
  for (const [index, bytes] of parts.entries())
    sent.push(await putPart(s3, UploadId, index + 1, bytes));
  const Parts = sent.map(({ ETag, PartNumber }) => ({ ETag, PartNumber }));
  const complete = { Bucket, Key: "film", UploadId, MultipartUpload: { Parts } };
  const { ETag } = await s3.send(new CompleteMultipartUploadCommand(complete));
  return { bytes: Buffer.concat(parts), ETag };
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function read(s3: S3, more: { Key?: string; Range?: string } = {}) {
  const answer = await s3.send(new GetObjectCommand({ Bucket, Key: "film", ...more }));
  return Buffer.from(await answer.Body!.transformToByteArray());
}

/** How many files the store keeps. */
function filesKept({ store }: Wasabi): number {
  const [file] = filesOf(store);
  return file && existsSync(file.path) ? readdirSync(dirname(file.path)).length : 0;
}

test("what is uploaded in parts by presigned URLs is read whole and by range", async () => {
  const { wasabi, s3 } = await start();
  const { bytes, ETag } = await aFilm(s3);
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "film" }));
  expect(head).toMatchObject({ ContentLength: bytes.length, ETag, ContentType: "video/mp4" });
  expect(ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
  expect(sha256(await read(s3))).toBe(sha256(bytes));
  const [from, to] = [5 * mib - 7, 10 * mib + 5];
  const range = await read(s3, { Range: `bytes=${from}-${to}` });
  expect(range.equals(bytes.subarray(from, to + 1))).toBe(true);
  expect((await read(s3, { Range: "bytes=-3" })).equals(bytes.subarray(-3))).toBe(true);
  expect(filesKept(wasabi)).toBe(3);
});

test("a presigned GET says what the answer is called, and is answered 304 when nothing changed", async () => {
  const { s3 } = await start();
  const { ETag } = await aFilm(s3);
  const command = new GetObjectCommand({
    Bucket,
    Key: "film",
    ResponseContentDisposition: 'attachment; filename="film.mp4"',
    ResponseContentType: "application/octet-stream",
  });
  const url = await getSignedUrl(s3, command, { expiresIn: 60 });
  const range = await request(url, { headers: { range: "bytes=0-9" } });
  expect(range.headers).toMatchObject({
    "content-disposition": 'attachment; filename="film.mp4"',
    "content-type": "application/octet-stream",
    "content-length": "10",
  });
  await range.body.dump();
  const same = await request(url, { headers: { "if-none-match": ETag ?? "" } });
  expect([same.statusCode, await same.body.text()]).toEqual([304, ""]);
  const other = await request(url, { headers: { "if-match": '"other"' } });
  expect(other.statusCode).toBe(412);
  await other.body.dump();
});

test("parts are listed page by page, and a part that is sent again replaces its file", async () => {
  const { wasabi, s3 } = await start();
  const UploadId = await begin(s3);
  for (const number of [1, 2, 3]) await putPart(s3, UploadId, number, randomBytes(mib));
  const { ETag } = await putPart(s3, UploadId, 2, randomBytes(2 * mib));
  const pages = [];
  let PartNumberMarker: string | undefined;
  do {
    const marker = PartNumberMarker === undefined ? {} : { PartNumberMarker };
    const list = { Bucket, Key: "film", UploadId, MaxParts: 2, ...marker };
    const page = await s3.send(new ListPartsCommand(list));
    pages.push(
      page.Parts?.map(({ PartNumber, Size, ETag: tag }) => [PartNumber, Size, tag === ETag]),
    );
    PartNumberMarker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
  } while (PartNumberMarker !== undefined);
  expect(pages).toEqual([
    [
      [1, mib, false],
      [2, 2 * mib, true],
    ],
    [[3, mib, false]],
  ]);
  expect(filesKept(wasabi)).toBe(3);
  await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: "film", UploadId }));
  expect(filesOf(wasabi.store).size).toBe(0);
});

test("an object is copied in parts of another one, and outlives it", async () => {
  const { wasabi, s3 } = await start();
  const { bytes } = await aFilm(s3);
  const UploadId = await begin(s3, "master");
  const ranges = ["bytes=0-5999999", `bytes=6000000-${bytes.length - 1}`];
  const Parts = [];
  for (const [index, CopySourceRange] of ranges.entries()) {
    const PartNumber = index + 1;
    const part = {
      Bucket,
      Key: "master",
      UploadId,
      PartNumber,
      CopySource: `${Bucket}/film`,
      CopySourceRange,
    };
    const { CopyPartResult } = await s3.send(new UploadPartCopyCommand(part));
    Parts.push({ PartNumber, ETag: CopyPartResult?.ETag });
  }
  const complete = { Bucket, Key: "master", UploadId, MultipartUpload: { Parts } };
  await s3.send(new CompleteMultipartUploadCommand(complete));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: "film" }));
  expect(sha256(await read(s3, { Key: "master" }))).toBe(sha256(bytes));
  const copy = new CopyObjectCommand({ Bucket, Key: "again", CopySource: `${Bucket}/master` });
  const { CopyObjectResult } = await s3.send(copy);
  expect(CopyObjectResult?.ETag).toBe(`"${createHash("md5").update(bytes).digest("hex")}"`);
  for (const Key of ["master", "again"]) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  expect(filesOf(wasabi.store).size).toBe(0);
});

test("a body that is signed by its hash is refused when it is another, and nothing is stored", async () => {
  const { wasabi, s3 } = await start();
  const Body = randomBytes(mib);
  await s3.send(new PutObjectCommand({ Bucket, Key: "kept", Body }));
  s3.middlewareStack.add(
    (next) => (args) => {
      const { request: sent } = args as { request: { body?: unknown } };
      sent.body = randomBytes(mib);
      return next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
  const put = new PutObjectCommand({ Bucket, Key: "film", Body });
  await expect(s3.send(put)).rejects.toMatchObject({ name: "XAmzContentSHA256Mismatch" });
  expect([...wasabi.store.buckets.get(Bucket)!.objects.keys()]).toEqual(["kept"]);
  expect(filesKept(wasabi)).toBe(1);
});

test("an upload whose client goes is no object, no finding and no file", async () => {
  const { wasabi, s3, requestLog } = await start();
  await s3.send(new PutObjectCommand({ Bucket, Key: "kept", Body: randomBytes(mib) }));
  const before = requestLog.entries().length;
  const put = new PutObjectCommand({ Bucket, Key: "film", ContentLength: 50 * mib });
  const upload = httpRequest(await getSignedUrl(s3, put, { expiresIn: 60 }), {
    method: "PUT",
    headers: { "content-length": String(50 * mib) },
  });
  upload.on("error", () => undefined);
  upload.write(randomBytes(2 * mib));
  for (let tries = 0; tries < 6000 && filesKept(wasabi) < 2; tries++) await setTimeout(10);
  expect(filesKept(wasabi)).toBe(2);
  upload.destroy();
  for (let tries = 0; tries < 6000 && filesKept(wasabi) > 1; tries++) await setTimeout(10);
  expect(filesKept(wasabi)).toBe(1);
  expect([...wasabi.store.buckets.get(Bucket)!.objects.keys()]).toEqual(["kept"]);
  expect([wasabi.findings(), requestLog.entries().length]).toEqual([[], before]);
});

test("a download whose client goes is read no further", async () => {
  const { wasabi, s3 } = await start();
  await s3.send(new PutObjectCommand({ Bucket, Key: "film", Body: randomBytes(40 * mib) }));
  const [file] = filesOf(wasabi.store);
  const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "film" }));
  const download = httpRequest(url).end();
  const [answer] = (await once(download, "response")) as [NodeJS.ReadableStream];
  await once(answer, "readable");
  expect(file!.readers).toBe(1);
  download.destroy();
  for (let tries = 0; tries < 6000 && file!.readers > 0; tries++) await setTimeout(10);
  expect(file!.readers).toBe(0);
});

test("what may not be stored, or is too large, is refused before its bytes come", async () => {
  const { s3, wasabi } = await start();
  const put = new PutObjectCommand({ Bucket, Key: "film", ContentLength: 6 * 1024 ** 3 });
  const tooLarge = await getSignedUrl(s3, put, { expiresIn: 60 });
  const stranger = tooLarge.replace(
    /X-Amz-Signature=[0-9a-f]+/,
    `X-Amz-Signature=${"0".repeat(64)}`,
  );
  const answers = [];
  for (const url of [tooLarge, stranger]) {
    const headers = { "content-length": String(6 * 1024 ** 3) };
    const upload = httpRequest(url, { method: "PUT", headers });
    upload.on("error", () => undefined);
    upload.flushHeaders();
    const [answer] = (await once(upload, "response")) as [{ statusCode: number }];
    answers.push(answer.statusCode);
    upload.destroy();
  }
  expect(answers).toEqual([400, 403]);
  expect(filesOf(wasabi.store).size).toBe(0);
});
