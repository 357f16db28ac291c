import { TestS3, elements } from "../support.ts";

function withObjects(...keys: string[]) {
  const s3 = new TestS3();
  s3.bucket("media", "Enabled");
  for (const key of keys) s3.call(`PUT /media/${encodeURIComponent(key)}`, { body: key });
  return s3;
}

test("ListObjectsV2 pages by a token, objects and prefixes counted together", () => {
  const s3 = withObjects("a", "b/1", "b/2", "c", "d");
  const pages: string[][] = [];
  let token: string | undefined = "";
  while (token !== undefined) {
    const next: string = token === "" ? "" : `&continuation-token=${token}`;
    const { text } = s3.call(`GET /media?list-type=2&delimiter=%2F&max-keys=2${next}`);
    pages.push([
      ...elements(text, "Key"),
      ...elements(text, "Prefix").filter((prefix) => prefix !== ""),
    ]);
    expect(elements(text, "KeyCount")).toEqual([String(pages.at(-1)?.length)]);
    [token] = elements(text, "NextContinuationToken");
  }
  expect(pages).toEqual([
    ["a", "b/"],
    ["c", "d"],
  ]);
});

test("a listing shows current objects, with size, entity tag and time", () => {
  const s3 = withObjects("a", "gone");
  s3.call("DELETE /media/gone");
  expect(s3.call("GET /media?list-type=2").text).toContain(
    "<Contents><Key>a</Key><LastModified>2026-01-01T12:00:00.000Z</LastModified><ETag>&quot;0cc175b9c0f1b6a831c399e269772661&quot;</ETag><Size>1</Size><StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>",
  );
  expect(elements(s3.call("GET /media?list-type=2&fetch-owner=true").text, "ID")).toEqual([
    "100000000001",
  ]);
});

test("start-after, prefix and encoding are understood", () => {
  const s3 = withObjects("a b", "a c", "b");
  const keys = (query: string) => elements(s3.call(`GET /media?list-type=2&${query}`).text, "Key");

  expect(keys("start-after=a%20b")).toEqual(["a c", "b"]);
  expect(keys("prefix=a%20&encoding-type=url")).toEqual(["a%20b", "a%20c"]);
});

test.each([
  "GET /media?list-type=1",
  "GET /media?list-type=2&max-keys=x",
  "GET /media?list-type=2&max-keys=-1",
  "GET /media?list-type=2&continuation-token=%21",
  "GET /media?list-type=2&encoding-type=base64",
])("%s is refused", (line) => {
  expect(withObjects().errorOf(line)).toBe("InvalidArgument");
});

test("the first version of the listing pages by marker", () => {
  const s3 = withObjects("a", "b/1", "c");
  const { text } = s3.call("GET /media?max-keys=2&delimiter=%2F");
  expect(elements(text, "NextMarker")).toEqual(["b/"]);
  expect(elements(s3.call("GET /media?marker=b%2F&delimiter=%2F").text, "Key")).toEqual(["c"]);
});

test("versions are listed newest first, markers apart, and paged within a key", () => {
  const s3 = withObjects("a", "a", "b");
  s3.call("DELETE /media/a");
  const whole = s3.call("GET /media?versions").text;
  expect(elements(whole, "IsLatest")).toEqual(["false", "false", "true", "true"]);
  expect(whole.match(/<DeleteMarker>/g)).toHaveLength(1);

  const seen: string[] = [];
  let from: string | undefined = "";
  while (from !== undefined) {
    const { text } = s3.call(`GET /media?versions&max-keys=1${from}`);
    seen.push(...elements(text, "VersionId"));
    const [key] = elements(text, "NextKeyMarker");
    const [id = ""] = elements(text, "NextVersionIdMarker");
    from = key === undefined ? undefined : `&key-marker=${key}&version-id-marker=${id}`;
  }
  expect(new Set(seen)).toEqual(new Set(elements(whole, "VersionId")));
  expect(seen).toHaveLength(4);
});
