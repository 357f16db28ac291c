import fc from "fast-check";

import {
  canonicalRequest,
  readQuery,
  scopeText,
  signingKey,
  stringToSign,
  uriDecode,
  uriEncode,
} from "../../../src/s3/signature/message.ts";

test("the signing key is that of AWS's worked example", () => {
  // docs.aws.amazon.com/IAM/latest/UserGuide, "Examples of how to derive a signing key for Signature Version 4".
  const scope = { day: "20120215", region: "us-east-1", service: "iam" };
  expect(signingKey("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", scope).toString("hex")).toBe(
    "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d",
  );
});

test("a canonical request has sorted, encoded parameters and trimmed headers", () => {
  const request = {
    method: "GET",
    path: "/media/a b(1)",
    query: [
      ["b", "2"],
      ["a", "x y"],
      ["X-Amz-Signature", "z"],
      ["a", "w"],
    ] as const,
    headers: { host: "h", "x-amz-meta-a": " two  words " },
    body: Buffer.alloc(0),
  };
  const canonical = canonicalRequest(request, ["host", "x-amz-meta-a"], "HASH");
  expect(canonical).toBe(
    "GET\n/media/a%20b%281%29\na=w&a=x%20y&b=2\nhost:h\nx-amz-meta-a:two words\n\nhost;x-amz-meta-a\nHASH",
  );
  const scope = { day: "20260101", region: "r", service: "s3" };
  expect(scopeText(scope)).toBe("20260101/r/s3/aws4_request");
  expect(stringToSign("20260101T000000Z", scope, "")).toBe(
    "AWS4-HMAC-SHA256\n20260101T000000Z\n20260101/r/s3/aws4_request\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  );
});

test("everything but the unreserved characters is encoded, and decoded again", () => {
  expect(uriEncode("a-b_c.d~e!*'()/ ü")).toBe("a-b_c.d~e%21%2A%27%28%29%2F%20%C3%BC");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(uriDecode(uriEncode(text))).toBe(text);
    }),
  );
  expect(uriDecode("%zz")).toBe("%zz");
});

test("a query is read with its empty and encoded values", () => {
  expect(readQuery("acl&a=1&b=x+y%2Bz&c=d=e&")).toEqual([
    ["acl", ""],
    ["a", "1"],
    ["b", "x y+z"],
    ["c", "d=e"],
  ]);
});
