import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import type { S3Client } from "@aws-sdk/client-s3";

import { StreamedUpload } from "../../backup/src/storage/upload.ts";

const md5 = (data: Buffer | string) => createHash("md5").update(data).digest();

/** Storage that says of a finished object that it has a tag, and remembers the calls. */
function storageWith(ETag: string) {
  const calls: string[] = [];
  const answers: Readonly<Record<string, object>> = {
    CreateMultipartUploadCommand: { UploadId: "upload-1" },
    UploadPartCommand: { ETag: '"part"' },
    CompleteMultipartUploadCommand: { ETag },
  };
  const send = (command: object) => {
    calls.push(command.constructor.name);
    return Promise.resolve(answers[command.constructor.name] ?? {});
  };
  return { calls, target: { storage: { send } as unknown as S3Client, bucket: "b", key: "k" } };
}

test("an object whose tag is that of what was sent is there", async () => {
  const whole = createHash("md5").update(md5("dump")).digest("hex");
  const { calls, target } = storageWith(`"${whole}-1"`);
  const upload = await StreamedUpload.begin(target);
  await upload.write(Buffer.from("dump"));
  await upload.complete();

  assert.deepEqual(calls, [
    "CreateMultipartUploadCommand",
    "UploadPartCommand",
    "CompleteMultipartUploadCommand",
  ]);
});

test("an object that storage made of something else is refused, with both tags", async () => {
  const whole = createHash("md5").update(md5("dump")).digest("hex");
  const { target } = storageWith('"another-1"');
  const upload = await StreamedUpload.begin(target);
  await upload.write(Buffer.from("dump"));

  await assert.rejects(upload.complete(), {
    message: `storage made an object with the tag "another-1", expected ${whole}-1`,
  });
});

test("an object of more parts than storage takes is refused before its next part is sent", async () => {
  const { calls, target } = storageWith("");
  const upload = await StreamedUpload.begin(target, { partBytes: 4, mostParts: 2 });
  await upload.write(Buffer.from("12345678"));

  await assert.rejects(upload.write(Buffer.from("90ab")), {
    message: "the object has more than 2 parts of 4 bytes",
  });
  assert.equal(calls.filter((call) => call === "UploadPartCommand").length, 2);
});
