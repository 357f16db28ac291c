import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { request } from "undici";

import { s3Client } from "./clients.ts";

const mib = 1024 * 1024;
const partBytes = 64 * mib;
const parts = 16;
const Bucket = "media";
const Key = "film";

const program = fileURLToPath(new URL("support/storage-alone.ts", import.meta.url));
const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** Wasabi in a process of its own, whose memory is its own. */
async function storageAlone() {
  const child = spawn(process.execPath, ["--import", "tsx", program], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const { value } = (await lines.next()) as { value: string };
  const urls = JSON.parse(value) as { s3: string; iam: string; sts: string };
  return {
    urls,
    residentMib: () =>
      Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)], { encoding: "utf8" })) /
      1024,
    close: async () => {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}

test("the memory of storage stays flat while a film of 1 GiB is uploaded and downloaded", async () => {
  const storage = await storageAlone();
  try {
    const s3 = s3Client(storage);
    const LocationConstraint = "eu-central-2";
    await s3.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }),
    );
    const { UploadId = "" } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const before = storage.residentMib();
    let most = before;
    const look = () => {
      most = Math.max(most, storage.residentMib());
    };
    const whole = createHash("sha256");
    const Parts = [];
    for (let PartNumber = 1; PartNumber <= parts; PartNumber++) {
      const body = Buffer.alloc(partBytes, `part ${PartNumber} `);
      whole.update(body);
      const part = { Bucket, Key, UploadId, PartNumber, ContentLength: partBytes };
      const url = await getSignedUrl(s3, new UploadPartCommand(part));
      const answer = await request(url, { method: "PUT", body });
      await answer.body.dump();
      Parts.push({ PartNumber, ETag: String(answer.headers.etag) });
      look();
    }
    const complete = { Bucket, Key, UploadId, MultipartUpload: { Parts } };
    await s3.send(new CompleteMultipartUploadCommand(complete));
    look();
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }));
    const download = await request(url);
    const read = createHash("sha256");
    let length = 0;
    for await (const bytes of download.body as AsyncIterable<Buffer>) {
      read.update(bytes);
      if (Math.floor(length / partBytes) < Math.floor((length += bytes.length) / partBytes)) look();
    }
    expect([length, read.digest("hex")]).toEqual([parts * partBytes, whole.digest("hex")]);
    // Buffers in flight and what the collector has not taken yet: a tenth of the film would be 102 MiB.
    expect(most - before).toBeLessThan(96);
  } finally {
    await storage.close();
  }
}, 180_000);
