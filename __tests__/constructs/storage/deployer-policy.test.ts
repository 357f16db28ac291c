import { deployerName, deployerPolicy } from "../../../constructs/storage/deployer-policy.ts";
import { bucketName, storageTiers } from "../../../constructs/storage/tiers.ts";
import { production } from "../../../environments/production.ts";
import { staging } from "../../../environments/staging.ts";
import { evaluateAccess, parsePolicy } from "@mam-infra/cloud/wasabi/policy-evaluation";
import { withGpu } from "../../support/gpu.ts";
import { checked } from "../../support/environments.ts";

/** Largest managed policy in characters, white space left out (IAM quotas). */
const longest = 6144;

const config = checked(staging);
const account = "arn:aws:iam::100000000001";
const identity = [parsePolicy(JSON.stringify(deployerPolicy(config)), "identity")];

const may = (action: string, resource: string) =>
  evaluateAccess(
    {
      principal: { kind: "user", arn: `${account}:user/${deployerName(config)}` },
      action,
      resource,
      context: { "aws:SecureTransport": "true" },
    },
    { identity },
  ).outcome === "allowed";

const buckets = storageTiers.map((tier) => `arn:aws:s3:::${bucketName(config, tier)}`);

test.each(buckets)("the deployer configures %s, and reads or deletes nothing in it", (bucket) => {
  expect(may("s3:PutBucketPolicy", bucket)).toBe(true);
  expect(may("s3:GetBucketPolicy", bucket)).toBe(true);
  for (const action of ["s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:PutBucketAcl"]) {
    expect(may(action, bucket)).toBe(false);
  }
  for (const action of [
    ...["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
    ...["s3:BypassGovernanceRetention", "s3:PutObjectRetention", "s3:PutObjectLegalHold"],
  ]) {
    expect(may(action, `${bucket}/asset/clip.mov`)).toBe(false);
  }
});

test("the deployer writes what is tried where it can be deleted again, and nowhere else", () => {
  const written = storageTiers.filter((tier) =>
    may("s3:PutObject", `arn:aws:s3:::${bucketName(config, tier)}/mam-verify-1/probe`),
  );

  expect(written).toEqual(["staging", "previews"]);
});

test("the deployer makes keys of the services, switches them off and on, and takes them", () => {
  const user = `${account}:user/mam-staging-uploader`;
  const actions = ["CreateAccessKey", "ListAccessKeys", "UpdateAccessKey", "DeleteAccessKey"];

  expect(actions.filter((action) => !may(`iam:${action}`, user))).toEqual([]);
});

test("the deployer reaches no other environment and no other user of the account", () => {
  const other = checked(production);

  for (const tier of storageTiers) {
    const bucket = `arn:aws:s3:::${bucketName(other, tier)}`;
    for (const action of ["s3:ListBucket", "s3:PutBucketPolicy", "s3:CreateBucket"]) {
      expect(may(action, bucket)).toBe(false);
    }
  }
  for (const user of ["mam-production-uploader", "somebody", deployerName(config)]) {
    for (const action of ["iam:PutUserPolicy", "iam:CreateAccessKey", "iam:AttachUserPolicy"]) {
      expect(may(action, `${account}:user/${user}`)).toBe(false);
    }
  }
});

test("the deployer reads the policies that bear on it, and no other user's", () => {
  const policies = `${account}:policy/anything`;
  const group = `${account}:group/crew`;

  for (const action of ["iam:ListUserPolicies", "iam:GetUserPolicy", "iam:ListGroupsForUser"]) {
    expect(may(action, `${account}:user/${deployerName(config)}`)).toBe(true);
    expect(may(action, `${account}:user/somebody`)).toBe(false);
  }
  expect(may("iam:GetGroupPolicy", group)).toBe(true);
  expect(may("iam:PutGroupPolicy", group)).toBe(false);
  expect(may("iam:GetPolicyVersion", policies)).toBe(true);
  expect(may("iam:CreatePolicyVersion", policies)).toBe(false);
});

test("the deployer cannot take a service's user or policy away", () => {
  for (const action of ["iam:DeleteUser", "iam:DeleteUserPolicy", "iam:AttachUserPolicy"]) {
    expect(may(action, `${account}:user/mam-staging-uploader`)).toBe(false);
  }
  expect(may("iam:PutUserPolicy", `${account}:user/mam-staging-uploader`)).toBe(true);
});

test.each([staging, production])("the policy for $name can be made as it stands", (input) => {
  expect(JSON.stringify(deployerPolicy(checked(input))).length).toBeLessThan(longest);
});

test("who deploys machines with a card reads and removes what they say of themselves, and no preview", () => {
  const policy = (input = production) => deployerPolicy(checked(input)).Statement;
  const added = policy(withGpu()).filter(({ Sid }) => !policy().some((one) => one.Sid === Sid));

  expect(added).toEqual([
    {
      Sid: "ReadReportsOfMachines",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:DeleteObject"],
      Resource: ["arn:aws:s3:::northlight-mam-production-previews/_workers/*"],
    },
  ]);
});
