import assert from "node:assert/strict";
import { test } from "node:test";

import { createStorage } from "@mam-services/common/storage";

import { createPartSigner } from "../../api/src/uploads/presign.ts";

const sign = createPartSigner(
  createStorage({
    endpoint: "http://s3.us-east-1.wasabisys.com.localhost:8080",
    region: "us-east-1",
    accessKeyId: "KEY",
    secretAccessKey: "secret",
  }),
  900,
);

test("an address names its part, its upload, its end, and what has to be sent with it", async () => {
  const part = {
    bucket: "staging",
    key: "a1/film.mp4",
    storageId: "up+lo/ad=",
    number: 7,
    bytes: 5,
  };
  const { origin, pathname, searchParams } = new URL(await sign(part));

  assert.equal(origin, "http://s3.us-east-1.wasabisys.com.localhost:8080");
  assert.equal(pathname, "/staging/a1/film.mp4");
  assert.equal(searchParams.get("partNumber"), "7");
  assert.equal(searchParams.get("uploadId"), "up+lo/ad=");
  assert.equal(searchParams.get("X-Amz-Expires"), "900");
  assert.equal(searchParams.get("X-Amz-SignedHeaders"), "content-length;host");
  assert.match(
    searchParams.get("X-Amz-Credential") ?? "",
    /^KEY\/\d{8}\/us-east-1\/s3\/aws4_request$/,
  );
});

test("parts of two lengths have two signatures", async () => {
  const part = { bucket: "staging", key: "a1/film.mp4", storageId: "upload", number: 1 };
  const signatures = await Promise.all(
    [5, 6].map(async (bytes) => new URL(await sign({ ...part, bytes })).searchParams),
  );

  assert.notEqual(...(signatures.map((one) => one.get("X-Amz-Signature")) as [string, string]));
});
