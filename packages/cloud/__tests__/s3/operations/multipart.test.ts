import { createHash } from "node:crypto";

import { TestS3, elements } from "../support.ts";

const part = Buffer.alloc(5 * 1024 * 1024, "a");

function upload(s3: TestS3, headers: Record<string, string> = {}): string {
  const [id = ""] = elements(s3.call("POST /media/big?uploads", { headers }).text, "UploadId");
  return id;
}

function complete(parts: readonly (readonly [number, string])[]): string {
  const list = parts.map(
    ([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`,
  );
  return `<CompleteMultipartUpload>${list.join("")}</CompleteMultipartUpload>`;
}

function put(s3: TestS3, id: string, number: number, body: Buffer | string): string {
  const { etag = "" } = s3.call(`PUT /media/big?uploadId=${id}&partNumber=${number}`, {
    body,
  }).headers;
  return etag;
}

test("parts become one object with the headers that the upload began with", () => {
  const s3 = new TestS3();
  s3.bucket("media", "Enabled");
  const id = upload(s3, { "content-type": "video/mp4", "x-amz-checksum-algorithm": "CRC32" });
  const second = put(s3, id, 7, "end");
  put(s3, id, 1, "replaced");
  const first = put(s3, id, 1, part);

  const answer = s3.call(`POST /media/big?uploadId=${id}`, {
    body: complete([
      [1, first],
      [7, second],
    ]),
  });
  const got = s3.call("GET /media/big");

  expect(elements(answer.text, "ETag")[0]).toMatch(/^&quot;[0-9a-f]{32}-2&quot;$/);
  expect(got.text).toHaveLength(part.length + 3);
  expect(got.headers["content-type"]).toBe("video/mp4");
  expect(answer.headers["x-amz-version-id"]).toBe(got.headers["x-amz-version-id"]);
  expect(s3.errorOf(`GET /media/big?uploadId=${id}`)).toBe("NoSuchUpload");
});

test("an upload is completed only with parts that exist, in order, and large enough", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const id = upload(s3);
  const [small, last] = [put(s3, id, 1, "small"), put(s3, id, 2, "last")];
  const code = (parts: [number, string][]) =>
    s3.errorOf(`POST /media/big?uploadId=${id}`, { body: complete(parts) });

  expect(
    code([
      [2, last],
      [1, small],
    ]),
  ).toBe("InvalidPartOrder");
  expect(code([[1, last]])).toBe("InvalidPart");
  expect(code([[3, last]])).toBe("InvalidPart");
  expect(
    code([
      [1, small],
      [2, last],
    ]),
  ).toBe("EntityTooSmall");
  expect(code([])).toBe("MalformedXML");
  expect(code([[2, last]])).toBeUndefined();
});

test("a part's checksum is verified when it comes and when it is listed", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const id = upload(s3);
  const path = `PUT /media/big?uploadId=${id}&partNumber=1`;
  const done = (checksum: string) =>
    `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>9dd4e461268c8034f5c8564e155c67a6</ETag><ChecksumCRC32>${checksum}</ChecksumCRC32></Part></CompleteMultipartUpload>`;

  expect(s3.errorOf(path, { body: "x", headers: { "x-amz-checksum-crc32": "AAAAAA==" } })).toBe(
    "BadDigest",
  );
  s3.call(path, { body: "x", headers: { "x-amz-checksum-crc32": "jNwWgw==" } });
  expect(s3.errorOf(`POST /media/big?uploadId=${id}`, { body: done("AAAAAA==") })).toBe(
    "InvalidPart",
  );
  expect(s3.errorOf(`POST /media/big?uploadId=${id}`, { body: done("jNwWgw==") })).toBeUndefined();
});

test("parts in a bucket that locks by default are taken with a CRC32, and without one", () => {
  const s3 = new TestS3();
  s3.call("PUT /media", { headers: { "x-amz-bucket-object-lock-enabled": "true" } });
  s3.call("PUT /media?object-lock", {
    body: "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>",
  });
  const id = upload(s3);
  const path = `PUT /media/big?uploadId=${id}&partNumber=1`;
  const crc32 = { "x-amz-checksum-crc32": "jNwWgw==" };
  expect(s3.call(path, { body: "x", headers: crc32 }).headers).toMatchObject(crc32);
  expect(s3.errorOf(path, { body: "x" })).toBeUndefined();
});

test("the tag of an object of parts is the MD5 of their MD5s, with how many there were", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const id = upload(s3);
  const parts = [part, Buffer.from("end")];
  const etags = parts.map((body, index) => [index + 1, put(s3, id, index + 1, body)] as const);
  const answer = s3.call(`POST /media/big?uploadId=${id}`, { body: complete(etags) });
  const md5 = (body: Buffer) => createHash("md5").update(body).digest();
  const whole = md5(Buffer.concat(parts.map(md5))).toString("hex");
  expect(elements(answer.text, "ETag")).toEqual([`&quot;${whole}-2&quot;`]);
});

test("a completion can be conditional", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const id = upload(s3);
  const etag = put(s3, id, 1, "x");
  s3.call("PUT /media/big", { body: "there" });

  expect(
    s3.errorOf(`POST /media/big?uploadId=${id}`, {
      headers: { "if-none-match": "*" },
      body: complete([[1, etag]]),
    }),
  ).toBe("PreconditionFailed");
  expect(s3.call("GET /media/big").text).toBe("there");
});

test("an aborted upload is gone, and an id belongs to its key", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const id = upload(s3);

  expect(s3.errorOf(`PUT /media/other?uploadId=${id}&partNumber=1`)).toBe("NoSuchUpload");
  expect(s3.errorOf(`PUT /media/big?uploadId=${id}&partNumber=0`)).toBe("InvalidArgument");
  expect(s3.errorOf(`PUT /media/big?uploadId=${id}&partNumber=10001`)).toBe("InvalidArgument");
  expect(s3.call(`DELETE /media/big?uploadId=${id}`).status).toBe(204);
  expect(s3.errorOf(`PUT /media/big?uploadId=${id}&partNumber=1`)).toBe("NoSuchUpload");
});
