import { parseDate, readClaim } from "../../../src/s3/signature/claim.ts";

const credential = "KEY/20260101/us-east-1/s3/aws4_request";
const request = (headers: Record<string, string>, query: [string, string][] = []) => ({
  method: "GET",
  path: "/",
  query,
  headers,
  body: Buffer.alloc(0),
});
const header = (authorization: string) =>
  request({
    authorization,
    "x-amz-date": "20260101T120000Z",
    "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
  });
const presigned = (overrides: Record<string, string> = {}) =>
  request(
    {},
    Object.entries({
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Credential": credential,
      "X-Amz-Date": "20260101T120000Z",
      "X-Amz-Expires": "60",
      "X-Amz-SignedHeaders": "host",
      "X-Amz-Signature": "abc",
      ...overrides,
    }),
  );

test("a header's signature is read, with or without spaces behind the commas", () => {
  const expected = {
    accessKeyId: "KEY",
    scope: { day: "20260101", region: "us-east-1", service: "s3" },
    date: "20260101T120000Z",
    signedHeaders: ["host", "x-amz-date"],
    signature: "abc",
    payloadHash: "UNSIGNED-PAYLOAD",
    expiresSeconds: undefined,
    sessionToken: undefined,
  };
  for (const separator of [", ", ","]) {
    const parts = [`Credential=${credential}`, "SignedHeaders=host;x-amz-date", "Signature=abc"];
    expect(readClaim(header(`AWS4-HMAC-SHA256 ${parts.join(separator)}`))).toEqual(expected);
  }
});

test("a URL's signature is read from its query", () => {
  expect(readClaim(presigned())).toMatchObject({
    accessKeyId: "KEY",
    expiresSeconds: 60,
    payloadHash: "UNSIGNED-PAYLOAD",
  });
});

test.each([
  ["an older scheme", header("AWS KEY:abc"), /not supported/],
  [
    "an older scheme's URL",
    request({}, [
      ["AWSAccessKeyId", "KEY"],
      ["Signature", "abc"],
    ]),
    /not supported/,
  ],
  ["another algorithm", presigned({ "X-Amz-Algorithm": "AWS4-ECDSA" }), /not supported/],
  [
    "no signature",
    header(`AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host`),
    /has no Signature/,
  ],
  [
    "half a credential",
    header("AWS4-HMAC-SHA256 Credential=KEY/20260101, SignedHeaders=host, Signature=a"),
    /must be <access-key-id>/,
  ],
  [
    "two signatures",
    { ...presigned(), headers: { authorization: "AWS4-HMAC-SHA256 x" } },
    /Only one auth mechanism/,
  ],
  ["no time", presigned({ "X-Amz-Date": "yesterday" }), /must be a time as YYYYMMDDTHHMMSSZ/],
  ["an expiry of zero", presigned({ "X-Amz-Expires": "0" }), /from 1 to 604800 seconds/],
  [
    "an expiry that is no number",
    presigned({ "X-Amz-Expires": "1e3" }),
    /from 1 to 604800 seconds/,
  ],
])("%s is refused", (_what, wrong, message) => {
  expect(() => readClaim(wrong)).toThrow(message);
});

test("a request without any of it makes no claim", () => {
  expect(readClaim(request({}))).toBeUndefined();
});

test("the time of signing is read as UTC", () => {
  expect(parseDate("20260101T120000Z")).toEqual(new Date("2026-01-01T12:00:00Z"));
});
