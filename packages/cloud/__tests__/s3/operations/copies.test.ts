import { TestS3, elements } from "../support.ts";

function withSource() {
  const s3 = new TestS3();
  s3.bucket("staging", "Enabled");
  s3.bucket("masters", "Enabled");
  s3.call("PUT /staging/a%20b", {
    body: "hello",
    headers: { "content-type": "video/mp4", "x-amz-meta-a": "1", "x-amz-tagging": "t=1" },
  });
  return s3;
}

const from = (source: string, headers: Record<string, string> = {}) => ({
  headers: { "x-amz-copy-source": source, ...headers },
});

test("a copy takes bytes, headers and tags from its source", async () => {
  const s3 = withSource();
  const copied = await s3.copy("PUT /masters/c", from("/staging/a%20b"));

  expect(elements(copied.text, "ETag")).toEqual(["&quot;5d41402abc4b2a76b9719d911017c592&quot;"]);
  expect(copied.headers["x-amz-copy-source-version-id"]).toBeDefined();
  expect(s3.call("GET /masters/c")).toMatchObject({
    text: "hello",
    headers: { "content-type": "video/mp4", "x-amz-meta-a": "1", "x-amz-tagging-count": "1" },
  });
});

test("a copy can bring headers and tags of its own", async () => {
  const s3 = withSource();
  await s3.copy(
    "PUT /masters/c",
    from("staging/a%20b", {
      "x-amz-metadata-directive": "REPLACE",
      "x-amz-tagging-directive": "REPLACE",
      "content-type": "text/plain",
    }),
  );
  const { headers } = s3.call("GET /masters/c");

  expect(headers["content-type"]).toBe("text/plain");
  expect(headers).not.toHaveProperty("x-amz-meta-a");
  expect(headers).not.toHaveProperty("x-amz-tagging-count");
});

test("a version can be copied", async () => {
  const s3 = withSource();
  const { "x-amz-version-id": old = "" } = s3.call("HEAD /staging/a%20b").headers;
  s3.call("PUT /staging/a%20b", { body: "new" });
  await s3.copy("PUT /masters/c", from(`/staging/a%20b?versionId=${old}`));

  expect(s3.call("GET /masters/c").text).toBe("hello");
});

test("a source is an address: what is not encoded in it means something else there", async () => {
  const s3 = withSource();
  const key = "take+2?#%.mov";
  s3.call(`PUT /staging/${encodeURIComponent(key)}`, { body: "film" });
  const copy = (source: string) => ["PUT /masters/c", from(`staging/${source}`)] as const;
  const unencoded = ["take+2%3F%23%25.mov", "take%2B2?%23%25.mov", "take%2B2%3F#%25.mov"];

  await s3.copy(...copy(encodeURIComponent(key)));
  expect(s3.call("GET /masters/c").text).toBe("film");
  for (const source of unencoded) expect(await s3.errorOfCopy(...copy(source))).toBe("NoSuchKey");
});

test("conditions on source and target are honoured", async () => {
  const s3 = withSource();
  const code = (headers: Record<string, string>) =>
    s3.errorOfCopy("PUT /masters/c", from("staging/a%20b", headers));

  expect(await code({ "x-amz-copy-source-if-match": '"other"' })).toBe("PreconditionFailed");
  expect(
    await code({ "x-amz-copy-source-if-none-match": '"5d41402abc4b2a76b9719d911017c592"' }),
  ).toBe("PreconditionFailed");
  expect(await code({ "if-none-match": "*" })).toBeUndefined();
  expect(await code({ "if-none-match": "*" })).toBe("PreconditionFailed");
});

test("a copy onto itself must change something", async () => {
  const s3 = withSource();
  expect(await s3.errorOfCopy("PUT /staging/a%20b", from("staging/a%20b"))).toBe("InvalidRequest");
  const changed = from("staging/a%20b", { "x-amz-metadata-directive": "REPLACE" });
  expect(await s3.errorOfCopy("PUT /staging/a%20b", changed)).toBeUndefined();
});

test("a source that is missing, unreadable or no path is refused", async () => {
  const s3 = withSource();
  expect(await s3.errorOfCopy("PUT /masters/c", from("staging/none"))).toBe("NoSuchKey");
  expect(await s3.errorOfCopy("PUT /masters/c", from("nowhere/a"))).toBe("NoSuchBucket");
  expect(await s3.errorOfCopy("PUT /masters/c", from("staging"))).toBe("InvalidArgument");
  s3.may = () => false;
  expect(await s3.errorOfCopy("PUT /masters/c", from("staging/none"))).toBe("AccessDenied");
});

test("a part can be copied, in whole or by range", async () => {
  const s3 = withSource();
  const [id = ""] = elements(s3.call("POST /masters/big?uploads").text, "UploadId");
  await s3.copy(
    `PUT /masters/big?uploadId=${id}&partNumber=1`,
    from("staging/a%20b", { "x-amz-copy-source-range": "bytes=1-3" }),
  );
  const parts = s3.call(`GET /masters/big?uploadId=${id}`).text;

  expect(elements(parts, "Size")).toEqual(["3"]);
});
