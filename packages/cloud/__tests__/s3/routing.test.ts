import type { Operation } from "../../src/s3/operations/operation.ts";
import { UnknownCallError, checkHeaders, findOperation } from "../../src/s3/routing.ts";

const operation = (name: string, parts: Partial<Operation>): Operation => ({
  name,
  method: "PUT",
  level: "object",
  permissions: () => [],
  run: () => ({}),
  ...parts,
});
const table = {
  operations: [
    operation("PutObject", { headers: ["x-amz-tagging"] }),
    operation("CopyObject", { selectingHeader: "x-amz-copy-source" }),
    operation("UploadPart", { selectors: ["uploadId", "partNumber"] }),
    operation("UploadPartCopy", {
      selectors: ["uploadId", "partNumber"],
      selectingHeader: "x-amz-copy-source",
    }),
    operation("CreateBucket", { level: "bucket" }),
    operation("ListBuckets", { level: "service", method: "GET" }),
    operation("ListObjects", { level: "bucket", method: "GET", parameters: ["prefix"] }),
  ],
  refusals: new Map([
    ["website", { code: "NotImplemented" as const }],
    ["GET replication", { code: "ReplicationConfigurationNotFoundError" as const }],
    ["replication", { code: "NotImplemented" as const, message: "No replication." }],
  ]),
};
const find = (line: string, headers: Record<string, string> = {}) => {
  const [method = "", url = ""] = line.split(" ");
  const [path = "", query = ""] = url.split("?");
  const [, bucket = "", key = ""] = path.split("/");
  return findOperation(table, {
    method,
    bucket,
    key,
    query: new Map(new URLSearchParams(query)),
    headers,
  });
};

test.each([
  ["GET /", {}, "ListBuckets"],
  ["PUT /b", {}, "CreateBucket"],
  ["PUT /b/k", {}, "PutObject"],
  ["PUT /b/k?x-id=PutObject", {}, "PutObject"],
  ["PUT /b/k", { "x-amz-copy-source": "b/k" }, "CopyObject"],
  ["PUT /b/k?uploadId=1&partNumber=2", {}, "UploadPart"],
  ["PUT /b/k?uploadId=1&partNumber=2", { "x-amz-copy-source": "b/k" }, "UploadPartCopy"],
  ["GET /b?prefix=a&X-Amz-Signature=1", {}, "ListObjects"],
])("%s is recognised (%j: %s)", (line, headers, name) => {
  expect(find(line, headers).name).toBe(name);
});

test("an unknown parameter, method or level is refused by name", () => {
  expect(() => find("PUT /b/k?torrent")).toThrow(
    new UnknownCallError("PUT /b/k?torrent: PutObject does not know the query parameter torrent."),
  );
  expect(() => find("DELETE /b")).toThrow(
    new UnknownCallError("DELETE /b is not an operation known here."),
  );
  expect(() => find("PUT /b/k?uploadId=1")).toThrow(/does not know the query parameter uploadId/);
});

test("what the platform is known to refuse is refused in its way, by method where that differs", () => {
  expect(() => find("GET /b?website")).toThrow(/implies functionality that is not implemented/);
  expect(() => find("GET /b?website")).not.toThrow(UnknownCallError);
  expect(() => find("GET /b?replication")).toThrow("The replication configuration was not found");
  expect(() => find("PUT /b?replication")).toThrow("No replication.");
});

test("headers that mean something must be understood; others are left alone", () => {
  const put = table.operations[0] ?? operation("", {});
  const check = (name: string) => () => {
    checkHeaders(put, { headers: { [name]: "1" } });
  };
  for (const known of [
    "x-amz-tagging",
    "x-amz-meta-a",
    "x-amz-date",
    "x-amz-checksum-crc32",
    "user-agent",
    "amz-sdk-request",
  ]) {
    expect(check(known)).not.toThrow();
  }
  for (const unknown of ["x-amz-acl", "x-amz-server-side-encryption", "range", "if-match"]) {
    expect(check(unknown)).toThrow(`PutObject does not know the header ${unknown}.`);
  }
});
