import { received } from "../support.ts";
import type { S3Request } from "../../../src/s3/operations/operation.ts";
import {
  checkAcl,
  readLegalHold,
  storedHeaders,
  uploadPermissions,
} from "../../../src/s3/operations/uploads.ts";

const request = (headers: Record<string, string>): S3Request => ({
  method: "PUT",
  bucket: "media",
  key: "a",
  query: new Map(),
  headers,
  ...received(),
  now: new Date(0),
});

test("each thing that an upload asks for needs its permission", () => {
  const actions = (headers: Record<string, string>) =>
    uploadPermissions(request(headers)).map(({ action }) => action);

  expect(actions({})).toEqual(["s3:PutObject"]);
  expect(actions({ "x-amz-acl": "private" })).toEqual(["s3:PutObject"]);
  expect(
    actions({
      "x-amz-acl": "public-read",
      "x-amz-tagging": "a=1",
      "x-amz-object-lock-mode": "GOVERNANCE",
      "x-amz-object-lock-legal-hold": "ON",
    }),
  ).toEqual([
    "s3:PutObject",
    "s3:PutObjectAcl",
    "s3:PutObjectTagging",
    "s3:PutObjectRetention",
    "s3:PutObjectLegalHold",
  ]);
});

test("only what describes the content is stored with it", () => {
  const headers = {
    host: "x",
    authorization: "secret",
    expires: "0",
    "x-amz-meta-a": "b",
    "content-encoding": "aws-chunked",
  };
  expect(storedHeaders(request(headers))).toEqual({
    "content-type": "binary/octet-stream",
    expires: "0",
    "x-amz-meta-a": "b",
  });
});

test("the only ACL is the owner's", () => {
  expect(() => {
    checkAcl("private");
  }).not.toThrow();
  expect(() => {
    checkAcl("public-read-write");
  }).toThrow("Public use of objects is not allowed by this account");
  expect(() => {
    checkAcl("authenticated-read");
  }).toThrow("Public use");
  expect(() => {
    checkAcl("log-delivery-write");
  }).toThrow("The ACL log-delivery-write is not known.");
});

test("a legal hold is ON or OFF in either case", () => {
  expect([readLegalHold("on"), readLegalHold("OFF"), readLegalHold(undefined)]).toEqual([
    true,
    false,
    false,
  ]);
  expect(() => readLegalHold("maybe")).toThrow("Legal Hold must be either of 'ON' or 'OFF'");
});
