import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { statusPrefix } from "../gpu/names.ts";
import { resourceName } from "../naming.ts";
import { objectLockOf } from "./object-lock.ts";
import type { Policy } from "./policies.ts";
import { serviceRoleNames } from "./service-roles.ts";
import { type StorageTier, bucketArns, bucketName, storageTiers } from "./tiers.ts";

/** First letters of every key that `mam verify` writes to try what may be done, and removes. */
export const probeKeys = "mam-verify-";

/** Name of the Wasabi user that deploys an environment. It is made by hand, before there is anything to deploy. */
export function deployerName(config: EnvironmentConfig): string {
  return resourceName(config, "deployer");
}

const userArn = (name: string) => `arn:aws:iam::*:user/${name}`;

/**
 * What whoever deploys an environment needs on Wasabi, and nothing else: the calls that Terraform and `mam` make. It
 * reads no media, deletes no bucket and no user, and reaches no other environment. Tearing down takes an administrator.
 */
export function deployerPolicy(config: EnvironmentConfig): Policy {
  const { gpu } = config.services.worker;
  const machines = gpu ? [reports(config)] : [];
  return { Version: "2012-10-17", Statement: [...storage(config), ...machines, ...users(config)] };
}

function storage(config: EnvironmentConfig): Policy["Statement"] {
  const arns = storageTiers.map((tier) => bucketArns(bucketName(config, tier)));
  return [
    allow("FindBuckets", ["s3:ListAllMyBuckets"], ["arn:aws:s3:::*"]),
    allow(
      "CreateAndConfigureBuckets",
      [
        ...[
          "s3:CreateBucket",
          "s3:GetBucket*",
          "s3:Get*Configuration",
          "s3:ListBucket*",
          "s3:PutBucketPolicy",
        ],
        ...["s3:PutBucketCORS", "s3:PutBucketVersioning", "s3:PutBucketObjectLockConfiguration"],
        "s3:PutLifecycleConfiguration",
      ],
      arns.map(({ bucket }) => bucket),
    ),
    allow(
      "WriteProbes",
      ["s3:PutObject"],
      storageTiers.filter((tier) => isProbed(config, tier)).map(probesIn(config)),
    ),
    // Everywhere: a service that may delete what it must not leaves the marker of a deletion.
    allow(
      "RemoveProbes",
      ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:DeleteObjectVersion"],
      storageTiers.map(probesIn(config)),
    ),
  ];
}

/** What machines with a card say of themselves; removed with them. */
function reports(config: EnvironmentConfig): Policy["Statement"][number] {
  const { bucket } = bucketArns(bucketName(config, "previews"));
  const actions = ["s3:GetObject", "s3:DeleteObject"];
  return allow("ReadReportsOfMachines", actions, [`${bucket}/${statusPrefix}*`]);
}

function isProbed(config: EnvironmentConfig, tier: StorageTier): boolean {
  return tier !== "masters" && objectLockOf(config, tier) === undefined;
}

function probesIn(config: EnvironmentConfig) {
  return (tier: StorageTier) => `${bucketArns(bucketName(config, tier)).bucket}/${probeKeys}*`;
}

function users(config: EnvironmentConfig): Policy["Statement"] {
  return [
    allow("FindUsers", ["iam:ListUsers"], [userArn("*")]),
    ...ownPolicies(config),
    allow(
      "ManageServiceUsers",
      [
        ...["iam:CreateUser", "iam:GetUser", "iam:PutUserPolicy", "iam:GetUserPolicy"],
        ...["iam:CreateAccessKey", "iam:ListAccessKeys", "iam:UpdateAccessKey"],
        "iam:DeleteAccessKey",
        "iam:GetAccessKeyLastUsed",
      ],
      serviceRoleNames.map((role) => userArn(resourceName(config, role))),
    ),
  ];
}

/** What the doctor reads to say what the deployer may: trying it would be creating. */
function ownPolicies(config: EnvironmentConfig): Policy["Statement"] {
  return [
    allow(
      "ReadOwnPolicies",
      [
        ...["iam:ListUserPolicies", "iam:GetUserPolicy", "iam:ListAttachedUserPolicies"],
        "iam:ListGroupsForUser",
      ],
      [userArn(deployerName(config))],
    ),
    allow(
      "ReadPoliciesOfGroups",
      ["iam:ListGroupPolicies", "iam:GetGroupPolicy", "iam:ListAttachedGroupPolicies"],
      ["arn:aws:iam::*:group/*"],
    ),
    allow("ReadPolicies", ["iam:GetPolicy", "iam:GetPolicyVersion"], ["arn:aws:iam::*:policy/*"]),
  ];
}

function allow(Sid: string, Action: readonly string[], Resource: readonly string[]) {
  return { Sid, Effect: "Allow", Action, Resource } as const;
}
