import { type Policy, bucketPolicy, rolePolicy } from "../constructs/storage/policies.ts";
import { type ServiceRole, serviceRoleNames } from "../constructs/storage/service-roles.ts";
import {
  type StorageTier,
  bucketArns,
  bucketName,
  storageTiers,
} from "../constructs/storage/tiers.ts";
import type { EnvironmentConfig } from "../environments/schema/environment.ts";
import {
  type AccessRequest,
  type Decision,
  type PolicyDocument,
  evaluateAccess,
  parsePolicy,
} from "@mam-infra/cloud/wasabi/policy-evaluation";

/** Who is in the truth table: the service roles, an administrator of the account, and somebody without credentials. */
export type TablePrincipal = ServiceRole | "administrator" | "anonymous";

/** Every principal of the truth table. */
export const tablePrincipals: readonly TablePrincipal[] = [
  ...serviceRoleNames,
  "administrator",
  "anonymous",
];

const account = "100000000001";

/** ARN of a role's user, in an account made up for the table. */
export function userArn(role: string): string {
  return `arn:aws:iam::${account}:user/${role}`;
}

const administratorPolicy: Policy = {
  Version: "2012-10-17",
  Statement: [{ Sid: "AllowAll", Effect: "Allow", Action: ["s3:*"], Resource: ["*"] }],
};

/** A cell of the truth table. */
export interface AccessCell {
  readonly principal: TablePrincipal;
  readonly action: string;
  readonly tier: StorageTier;
  /** Object key; absent for actions on the bucket itself. */
  readonly key?: string;
  /** Condition keys beside HTTPS, which is the default. */
  readonly context?: Readonly<Record<string, string>>;
}

/** What the identity policies of the services say: what they are meant to, or, by mistake, that everything is allowed. */
export type IdentityPolicies = "own" | "everything";

/**
 * Decides cells by evaluating the real policies: the identity policy of whoever asks and the policy of the bucket, with
 * the same evaluation that authorises every request to the rehearsal's Wasabi.
 */
export function storageAccess(
  config: EnvironmentConfig,
  identities: IdentityPolicies = "own",
): (cell: AccessCell) => Decision {
  const identity = new Map<TablePrincipal, PolicyDocument[]>([
    ["administrator", [identityPolicy(administratorPolicy)]],
    ["anonymous", []],
  ]);
  for (const role of serviceRoleNames) {
    const policy = identities === "own" ? rolePolicy(config, role) : administratorPolicy;
    identity.set(role, [identityPolicy(policy)]);
  }
  // `fromEntries` forgets that every role is there.
  const arns = Object.fromEntries(serviceRoleNames.map((role) => [role, userArn(role)])) as Record<
    ServiceRole,
    string
  >;
  const resource = new Map(
    storageTiers.map((tier) => [
      tier,
      parsePolicy(JSON.stringify(bucketPolicy(config, tier, arns)), "resource"),
    ]),
  );
  return (cell) => {
    const bucket = resource.get(cell.tier);
    return evaluateAccess(requestOf(config, cell), {
      identity: identity.get(cell.principal) ?? [],
      ...(bucket ? { resource: bucket } : {}),
    });
  };
}

function identityPolicy(policy: Policy): PolicyDocument {
  return parsePolicy(JSON.stringify(policy), "identity");
}

function requestOf(
  config: EnvironmentConfig,
  { principal, action, tier, key, context }: AccessCell,
): AccessRequest {
  const arn = bucketArns(bucketName(config, tier)).bucket;
  return {
    principal:
      principal === "anonymous" ? { kind: "anonymous" } : { kind: "user", arn: userArn(principal) },
    action,
    resource: key === undefined ? arn : `${arn}/${key}`,
    context: { "aws:SecureTransport": "true", ...context },
  };
}
