import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { type ServiceRole, rolesOfTier, serviceRoleNames, serviceRoles } from "./service-roles.ts";
import { type StorageTier, bucketArns, bucketName } from "./tiers.ts";

/** A statement of a policy document, in the words that S3 and IAM use. */
interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | { readonly AWS: readonly string[] };
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/** A policy document. */
export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

/**
 * What no service may do to any bucket: change who may do what, what is kept and for how long, or take the bucket away.
 * Patterns where S3 has many such actions: a policy that names an action which a platform does not know is refused as
 * a whole, and a setting that S3 or Wasabi adds is covered.
 */
const administration = [
  "s3:PutBucket*",
  "s3:DeleteBucket*",
  "s3:Put*Configuration",
  "s3:PutObjectRetention",
  "s3:PutObjectLegalHold",
  "s3:BypassGovernanceRetention",
  "s3:Replicate*",
];

/** What no service may do to what cannot be made again either. */
const deletion = ["s3:DeleteObject", "s3:DeleteObjectVersion"];

/** Tiers that hold what cannot be made again. */
const irreplaceable: readonly StorageTier[] = ["masters", "backups"];

/** What every service is refused in a tier, whatever its own policy says. */
export function deniedToServices(tier: StorageTier): readonly string[] {
  return [...administration, ...(irreplaceable.includes(tier) ? deletion : [])];
}

/** The identity policy of a role: what it may do, and nothing else. */
export function rolePolicy(config: EnvironmentConfig, role: ServiceRole): Policy {
  return {
    Version: "2012-10-17",
    Statement: serviceRoles[role].grants.map(({ tier, actions }) => ({
      Sid: `Allow${capitalised(tier)}`,
      Effect: "Allow",
      Action: actions,
      Resource: [bucketArns(bucketName(config, tier)).objects],
    })),
  };
}

/**
 * The policy of a bucket. It only denies: what is allowed stands in the identity policies, and whoever gets a wrong one
 * by mistake is still refused here. An Allow that names users would, on Wasabi, shut out everybody it does not name.
 *
 * @param userArns ARN of each role's user.
 */
export function bucketPolicy(
  config: EnvironmentConfig,
  tier: StorageTier,
  userArns: Readonly<Record<ServiceRole, string>>,
): Policy {
  const arns = bucketArns(bucketName(config, tier));
  const everything = { Effect: "Deny", Resource: [arns.bucket, arns.objects] } as const;
  const strangers = serviceRoleNames.filter((role) => !rolesOfTier(tier).includes(role));
  return {
    Version: "2012-10-17",
    Statement: [
      {
        ...everything,
        Sid: "DenyPlainHttp",
        Principal: "*",
        Action: ["s3:*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        ...everything,
        Sid: "DenyAccessControlLists",
        Principal: "*",
        Action: ["s3:PutBucketAcl", "s3:PutObjectAcl", "s3:PutObjectVersionAcl"],
      },
      {
        Sid: "DenyPublicObjects",
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:PutObject"],
        Resource: [arns.objects],
        Condition: {
          StringEquals: {
            "s3:x-amz-acl": ["public-read", "public-read-write", "authenticated-read"],
          },
        },
      },
      {
        ...everything,
        Sid: "DenyOtherRoles",
        Principal: { AWS: strangers.map((role) => userArns[role]) },
        Action: ["s3:*"],
      },
      {
        ...everything,
        Sid: "DenyDestruction",
        Principal: { AWS: serviceRoleNames.map((role) => userArns[role]) },
        Action: deniedToServices(tier),
      },
    ],
  };
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
