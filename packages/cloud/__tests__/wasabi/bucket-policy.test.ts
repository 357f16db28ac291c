import { checkBucketPolicy } from "../../src/wasabi/bucket-policy.ts";
import { TestIam } from "./support.ts";

const { account } = new TestIam([]);
const deny = {
  Effect: "Deny",
  Principal: "*",
  Action: ["s3:*"],
  Resource: ["arn:aws:s3:::media", "arn:aws:s3:::media/*"],
};
const check = (statement: object) => () => {
  checkBucketPolicy(
    account,
    "media",
    JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
  );
};

test.each([
  ["everybody", {}],
  ["a user that exists", { Principal: { AWS: "arn:aws:iam::100000000001:user/terraform" } }],
  [
    "the account, by number and by root",
    { Principal: { AWS: ["100000000001", "arn:aws:iam::100000000001:root"] } },
  ],
  [
    "everybody but a user",
    { Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::100000000001:user/terraform" } },
  ],
  ["bucket and object permissions together", { Action: ["s3:PutBucketAcl", "s3:PutObjectAcl"] }],
  ["some objects", { Action: "s3:GetObject", Resource: "arn:aws:s3:::media/uploads/*" }],
])("a policy about %s is accepted", (_what, parts) => {
  expect(check({ ...deny, ...parts })).not.toThrow();
});

test.each([
  [
    "a user that does not exist",
    { Principal: { AWS: "arn:aws:iam::100000000001:user/nobody" } },
    "Invalid principal in policy",
  ],
  [
    "an account that is not known",
    { Principal: { AWS: "200000000002" } },
    "Invalid principal in policy",
  ],
  ["another bucket", { Resource: "arn:aws:s3:::other/*" }, "Policy has invalid resource"],
  [
    "a bucket whose name begins alike",
    { Resource: "arn:aws:s3:::media2/*" },
    "Policy has invalid resource",
  ],
  ["any bucket", { Resource: "*" }, "Policy has invalid resource"],
  ["an action that does not exist", { Action: "s3:GetObjects" }, "Policy has invalid action"],
  [
    "objects, by a permission about the bucket",
    { Action: "s3:ListBucket", Resource: "arn:aws:s3:::media/*" },
    "Action does not apply to any resource(s) in statement",
  ],
  [
    "the bucket, by a permission about objects",
    { Action: ["s3:*", "s3:GetObject"], Resource: "arn:aws:s3:::media" },
    "Action does not apply to any resource(s) in statement",
  ],
  ["an unknown element", { Actions: "s3:*" }, 'Statement.0 has the unknown element "Actions".'],
])("a policy about %s is refused as malformed", (_what, parts, message) => {
  expect(check({ ...deny, ...parts })).toThrow(
    expect.objectContaining({ code: "MalformedPolicy", message }) as Error,
  );
});

test("a policy has at most 20 KB", () => {
  expect(check({ ...deny, Sid: "x".repeat(20 * 1024) })).toThrow("Policies must not exceed 20 KB");
});
