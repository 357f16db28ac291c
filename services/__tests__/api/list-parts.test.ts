import assert from "node:assert/strict";
import { test } from "node:test";

import { CreateMultipartUploadCommand, UploadPartCommand } from "@aws-sdk/client-s3";
import { createStorage } from "@mam-services/common/storage";

import { listParts } from "../../api/src/storage.ts";
import { startTestStorage } from "../../local/storage.ts";

test("all parts are listed, also when storage has more than it lists at a time", async () => {
  const storage = await startTestStorage();
  const { endpoint, region, keys } = storage;
  const client = createStorage({ endpoint, region, ...keys.uploader });
  const place = { Bucket: storage.buckets.staging, Key: "a/a.mov" };
  const { UploadId = "" } = await client.send(new CreateMultipartUploadCommand(place));
  for (let number = 1; number <= 1060; number += 20)
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        client.send(
          new UploadPartCommand({ ...place, UploadId, PartNumber: number + index, Body: "x" }),
        ),
      ),
    );

  const parts = await listParts(client, {
    bucket: place.Bucket,
    key: place.Key,
    storageId: UploadId,
  });
  await storage.close();
  assert.deepEqual(
    parts.map(({ number }) => number),
    Array.from({ length: 1060 }, (_, index) => index + 1),
  );
  assert.ok(parts.every(({ bytes }) => bytes === 1));
});
