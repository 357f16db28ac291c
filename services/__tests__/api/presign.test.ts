import assert from "node:assert/strict";
import { test } from "node:test";

import aws4 from "aws4";

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

/** The same address by aws4, at the time that ours names. */
function byAws4(ours: URL, bytes: number): URL {
  const { searchParams } = ours;
  const query = new URLSearchParams(
    ["partNumber", "uploadId", "X-Amz-Expires", "X-Amz-Date"].map((name) => [
      name,
      searchParams.get(name) ?? "",
    ]),
  );
  const { path = "" } = aws4.sign(
    {
      service: "s3",
      region: "us-east-1",
      host: ours.host,
      method: "PUT",
      path: `${ours.pathname}?${query}`,
      headers: { "Content-Length": String(bytes) },
      signQuery: true,
    },
    { accessKeyId: "KEY", secretAccessKey: "secret" },
  );
  return new URL(path, ours.origin);
}

for (const storageId of ["upload", "up+lo/ad=", "2~a!b'c(d)e*f", "ä ö&%25"])
  test(`aws4 makes the same address of upload ${storageId}`, async () => {
    const part = { bucket: "staging", key: "a1/film-1_2~.mp4", number: 10_000 };
    const ours = new URL(await sign({ ...part, storageId, bytes: 123_456_789_012 }));

    assert.deepEqual(
      new Map(ours.searchParams),
      new Map(byAws4(ours, 123_456_789_012).searchParams),
    );
  });
