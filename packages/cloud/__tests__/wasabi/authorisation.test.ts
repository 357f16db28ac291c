import { createS3Store, newBucket } from "../../src/s3/store.ts";
import { findKeyOwner } from "../../src/wasabi/account.ts";
import {
  authoriseS3,
  identityPolicies,
  principalOf,
  refusal,
} from "../../src/wasabi/authorisation.ts";
import { iamActions } from "../../src/wasabi/iam/actions.ts";
import { TestIam, allowing, rootKey } from "./support.ts";

const object = { bucket: "media", key: "a" };
const media = ["arn:aws:s3:::media", "arn:aws:s3:::media/*"];
const now = new Date("2026-01-01T00:00:00Z");

function setUp(bucketPolicy?: object) {
  const iam = new TestIam(iamActions.values());
  iam.call("CreateUser", { UserName: "up" });
  iam.call("PutUserPolicy", {
    UserName: "up",
    PolicyName: "p",
    PolicyDocument: allowing(["s3:GetObject", "s3:ListBucket"], media),
  });
  const user = iam.account.users.get("up");
  const keyId =
    /<AccessKeyId>(\w+)</.exec(iam.call("CreateAccessKey", { UserName: "up" }))?.[1] ?? "";
  const store = createS3Store();
  const bucket = newBucket("media", now, false);
  bucket.policy =
    bucketPolicy && JSON.stringify({ Version: "2012-10-17", Statement: [bucketPolicy] });
  store.buckets.set("media", bucket);
  const judge = authoriseS3(iam.account, store, "eu-central-2");
  const ask = (
    sender: string | undefined,
    action: string,
    headers: Record<string, string> = {},
    query: Record<string, string> = {},
  ) =>
    judge(
      sender,
      {
        method: "GET",
        ...object,
        query: new Map(Object.entries(query)),
        headers,
        now,
      },
      "127.0.0.1",
    )({ action, ...object });
  return { account: iam.account, user, keyId, ask };
}

const deny = (condition: object) => ({
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: media,
  Condition: condition,
});

test("a user may do what his policies allow, and is told what they do not", () => {
  const { ask, keyId } = setUp();
  expect(ask(keyId, "s3:GetObject")).toEqual({ allowed: true });
  expect(ask(keyId, "s3:PutObject")).toEqual({
    allowed: false,
    reason:
      "User: arn:aws:iam::100000000001:user/up is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::media/a because no policy allows it",
  });
});

test("aws:SecureTransport follows the header of the rehearsal, and is true without it", () => {
  const { ask, keyId } = setUp({
    ...deny({ Bool: { "aws:SecureTransport": "false" } }),
    Sid: "DenyPlainHttp",
  });
  expect(ask(keyId, "s3:GetObject").allowed).toBe(true);
  expect(ask(keyId, "s3:GetObject", { "x-rehearsal-transport": "https" }).allowed).toBe(true);
  expect(ask(keyId, "s3:GetObject", { "x-rehearsal-transport": "http" })).toMatchObject({
    reason: expect.stringContaining(
      'with an explicit deny (resource policy, statement "DenyPlainHttp")',
    ) as string,
  });
  expect(() => ask(keyId, "s3:GetObject", { "x-rehearsal-transport": "gopher" })).toThrow(
    "must be https or http",
  );
});

test.each([
  [
    "s3:x-amz-acl",
    { StringEquals: { "s3:x-amz-acl": "public-read" } },
    { "x-amz-acl": "public-read" },
    {},
  ],
  [
    "aws:Referer",
    { StringLike: { "aws:Referer": "http://evil*" } },
    { referer: "http://evil.example" },
    {},
  ],
  ["s3:prefix", { StringEquals: { "s3:prefix": "secret/" } }, {}, { prefix: "secret/" }],
  [
    "s3:x-amz-content-sha256",
    { StringEquals: { "s3:x-amz-content-sha256": "UNSIGNED-PAYLOAD" } },
    { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
    {},
  ],
])("%s comes from the request", (_key, condition, headers, query) => {
  const { ask, keyId } = setUp(deny(condition));
  expect(ask(keyId, "s3:GetObject", {}, {}).allowed).toBe(true);
  expect(ask(keyId, "s3:GetObject", headers, query).allowed).toBe(false);
});

test("address and time of a request can be conditions", () => {
  expect(
    setUp(deny({ IpAddress: { "aws:SourceIp": "127.0.0.0/8" } })).ask(
      rootKey.accessKeyId,
      "s3:GetObject",
    ).allowed,
  ).toBe(false);
  expect(
    setUp(deny({ DateGreaterThan: { "aws:CurrentTime": "2025-12-31T00:00:00Z" } })).ask(
      rootKey.accessKeyId,
      "s3:GetObject",
    ).allowed,
  ).toBe(false);
});

test("the public is refused, even where a policy lets it in", () => {
  const open = setUp({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: media });
  expect(open.ask(undefined, "s3:GetObject")).toEqual({
    allowed: false,
    reason: "Public use of objects is not allowed by this account",
  });
  expect(setUp().ask(undefined, "s3:GetObject")).toEqual({
    allowed: false,
    reason: "Access Denied",
  });
});

test("it is noted when a key was used last", () => {
  const { ask, keyId, account } = setUp();
  ask(keyId, "s3:GetObject");
  expect(findKeyOwner(account, keyId)?.key.lastUsed).toEqual({
    at: now,
    service: "s3",
    region: "eu-central-2",
  });
});

test("root and the anonymous have no policies of their own", () => {
  const { account, keyId } = setUp();
  const owner = findKeyOwner(account, keyId);
  expect(principalOf(account, owner)).toEqual({
    kind: "user",
    arn: "arn:aws:iam::100000000001:user/up",
  });
  expect(identityPolicies(account, owner)).toHaveLength(1);
  expect(principalOf(account, findKeyOwner(account, rootKey.accessKeyId))).toEqual({
    kind: "root",
    arn: "arn:aws:iam::100000000001:root",
  });
  expect(principalOf(account, undefined)).toEqual({ kind: "anonymous" });
  expect(identityPolicies(account, undefined)).toEqual([]);
});

test("a policy that names others is told apart from silence", () => {
  expect(
    refusal(
      { outcome: "implicitly-denied", statement: "resource policy, statement 1" },
      "a",
      "b",
      "c",
    ),
  ).toBe(
    "User: a is not authorized to perform: b on resource: c because a policy names others (resource policy, statement 1)",
  );
});
