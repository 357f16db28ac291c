import fc from "fast-check";

import type { IncomingRequest } from "../../../src/s3/signature/message.ts";
import { isEqual, verifySignature } from "../../../src/s3/signature/verify.ts";
import { uriEncode } from "../../../src/s3/signature/message.ts";
import { later, presign, signHeader, signer, verifier } from "./signer.ts";

const request = {
  method: "PUT",
  path: "/media/a%20b",
  query: { partNumber: "1", uploadId: "x y" },
  headers: { "x-amz-meta-a": "  two   words ", "content-type": "text/plain" },
  body: "hello",
};

const reasonOf = (signed: IncomingRequest, by = verifier) => {
  try {
    verifySignature(signed, by);
    return undefined;
  } catch (error) {
    return error instanceof Error && "reason" in error ? error.reason : error;
  }
};

test("what the AWS SDK signs is accepted, in a header and in a URL", async () => {
  expect(verifySignature(await signHeader(request), verifier)).toMatchObject({
    accessKeyId: "KEY",
    isPresigned: false,
  });
  expect(
    verifySignature(await presign({ method: "GET", path: "/media/a" }, 60), verifier),
  ).toMatchObject({
    accessKeyId: "KEY",
    isPresigned: true,
    payloadHash: "UNSIGNED-PAYLOAD",
  });
});

test("any path, query and metadata that the AWS SDK signs is accepted", async () => {
  const text = fc.string({ unit: "grapheme", maxLength: 12 });
  const printable = fc.string({
    unit: fc.constantFrom(..."ab !*'()~%+&=/".split("")),
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.dictionary(fc.constantFrom("prefix", "marker", "a b"), text),
      printable,
      async (key, query, meta) => {
        const path = `/media/${key.split("/").map(uriEncode).join("/")}`;
        const signed = await signHeader({
          method: "GET",
          path,
          query,
          headers: { "x-amz-meta-a": meta },
        });
        expect(reasonOf(signed)).toBeUndefined();
      },
    ),
    { numRuns: 60 },
  );
});

test.each<[string, (signed: IncomingRequest) => Partial<IncomingRequest>, string]>([
  ["method", () => ({ method: "DELETE" }), "mismatch"],
  ["path", () => ({ path: "/media/other" }), "mismatch"],
  [
    "query",
    () => ({
      query: [
        ["partNumber", "2"],
        ["uploadId", "x y"],
      ],
    }),
    "mismatch",
  ],
  ["further query", ({ query }) => ({ query: [...query, ["acl", ""]] }), "mismatch"],
  [
    "signed header",
    ({ headers }) => ({ headers: { ...headers, "x-amz-meta-a": "other" } }),
    "mismatch",
  ],
  ["host", ({ headers }) => ({ headers: { ...headers, host: "evil.example" } }), "mismatch"],
  [
    "unsigned x-amz- header",
    ({ headers }) => ({ headers: { ...headers, "x-amz-acl": "public-read" } }),
    "unsigned-header",
  ],
  ["body", () => ({ body: Buffer.from("HELLO") }), "payload-mismatch"],
  [
    "announced hash",
    ({ headers }) => ({ headers: { ...headers, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } }),
    "mismatch",
  ],
])("a request with a tampered %s is refused", async (_what, tamper, reason) => {
  const signed = await signHeader(request);
  expect(reasonOf({ ...signed, ...tamper(signed) })).toBe(reason);
});

test("headers that nobody signs may differ: proxies add some", async () => {
  const signed = await signHeader(request);
  expect(
    reasonOf({ ...signed, headers: { ...signed.headers, "x-forwarded-for": "10.0.0.1" } }),
  ).toBeUndefined();
});

test("a wrong secret, an unknown key, another region and another service are told apart", async () => {
  expect(reasonOf(await signHeader(request, signer("s3", "eu-central-2", "wrong")))).toBe(
    "mismatch",
  );
  expect(reasonOf(await signHeader(request), { ...verifier, secretOf: () => undefined })).toBe(
    "unknown-key",
  );
  const elsewhere = await signHeader(request, signer("s3", "us-east-1"));
  expect(reasonOf(elsewhere)).toBe("wrong-scope");
  expect(reasonOf(elsewhere, { ...verifier, region: undefined })).toBeUndefined();
  expect(reasonOf(await signHeader(request, signer("iam")))).toBe("wrong-scope");
});

test("a clock may be off by 15 minutes, not more", async () => {
  const signed = await signHeader(request);
  expect(
    [later(899), later(-899), later(901), later(-901)].map((by) => reasonOf(signed, by)),
  ).toEqual([undefined, undefined, "skewed", "skewed"]);
});

test("a presigned URL works until it expires, and for a week at most", async () => {
  const url = await presign({ method: "GET", path: "/media/a" }, 3600);
  expect([later(0), later(3599), later(3601)].map((by) => reasonOf(url, by))).toEqual([
    undefined,
    undefined,
    "expired",
  ]);
  const week = url.query.map(
    ([name, value]) => [name, name === "X-Amz-Expires" ? "604801" : value] as const,
  );
  expect(reasonOf({ ...url, query: week })).toBe("malformed");
});

test("a presigned URL with a changed expiry or key is refused", async () => {
  const url = await presign({ method: "GET", path: "/media/a" }, 60);
  const longer = url.query.map(
    ([name, value]) => [name, name === "X-Amz-Expires" ? "3600" : value] as const,
  );
  expect(reasonOf({ ...url, query: longer })).toBe("mismatch");
  expect(reasonOf({ ...url, path: "/media/b" })).toBe("mismatch");
});

test("a presigned PUT accepts any body: it is signed before there is one", async () => {
  const url = await presign({ method: "PUT", path: "/media/a" }, 60);
  expect(reasonOf({ ...url, body: Buffer.from("anything") })).toBeUndefined();
});

test("a session token with a key that has none is refused", async () => {
  const signed = await signHeader({ ...request, headers: { "x-amz-security-token": "token" } });
  expect(reasonOf(signed)).toBe("session-token");
});

test("S3 wants the hash of the body announced, the other services compute it", async () => {
  const iam = await signHeader(
    { method: "POST", path: "/", body: "Action=GetUser" },
    signer("iam", "us-east-1"),
  );
  const headers = { ...iam.headers, "x-amz-content-sha256": undefined };
  const service = { ...verifier, service: "iam", region: "us-east-1" };
  expect(reasonOf({ ...iam, body: Buffer.from("Action=DeleteUser") }, service)).toBe(
    "payload-mismatch",
  );
  expect(reasonOf({ ...iam, headers }, service)).toBe("mismatch");
  const signed = await signHeader(request);
  const without = { ...signed.headers, "x-amz-content-sha256": undefined };
  expect(reasonOf({ ...signed, headers: without })).toBe("malformed");
});

test("a request without a signature is anonymous", () => {
  expect(
    verifySignature(
      { method: "GET", path: "/", query: [], headers: {}, body: Buffer.alloc(0) },
      verifier,
    ),
  ).toBeUndefined();
});

test("signatures are compared as a whole", () => {
  expect([isEqual("ab", "ab"), isEqual("ab", "ac"), isEqual("ab", "abc")]).toEqual([
    true,
    false,
    false,
  ]);
});
