import { accessKeyActions } from "./access-keys.ts";
import { attachmentActions } from "./attachments.ts";
import { groupActions, namedGroupArn, requireGroup } from "./groups.ts";
import { type HolderKind, inlinePolicyActions } from "./inline-policies.ts";
import { managedPolicyActions } from "./managed-policies.ts";
import type { QueryAction } from "./query.ts";
import { namedUserArn, requireUser, userActions } from "./users.ts";

const users: HolderKind = { noun: "User", require: requireUser, arnOf: namedUserArn };
const groups: HolderKind = {
  noun: "Group",
  require: requireGroup,
  arnOf: (name, { account }) => namedGroupArn(name, account),
};

/** The actions of IAM that are played: users, groups, policies and access keys. */
export const iamActions: ReadonlyMap<string, QueryAction> = new Map(
  [
    ...userActions,
    ...accessKeyActions,
    ...groupActions,
    ...managedPolicyActions,
    ...[users, groups].flatMap((kind) => [
      ...inlinePolicyActions(kind),
      ...attachmentActions(kind),
    ]),
  ].map((entry) => [entry.name, entry]),
);

/**
 * Actions that Wasabi has and the rehearsal does not play, because nothing in this project uses them: roles, logins, MFA
 * and the account's settings. Together with {@link iamActions} this is Wasabi's whole list
 * (docs.wasabi.com/apidocs/iam-and-sts-support, 2025-08-13); every other action of AWS is unsupported there.
 */
export const iamActionsNotImplemented: ReadonlySet<string> = new Set([
  "AttachRolePolicy",
  "ChangePassword",
  "CreateAccountAlias",
  "CreateLoginProfile",
  "CreateRole",
  "CreateVirtualMFADevice",
  "DeactivateMFADevice",
  "DeleteAccountAlias",
  "DeleteAccountPasswordPolicy",
  "DeleteLoginProfile",
  "DeleteRole",
  "DeleteRolePolicy",
  "DeleteVirtualMFADevice",
  "DetachRolePolicy",
  "EnableMFADevice",
  "GetAccountAuthorizationDetails",
  "GetAccountPasswordPolicy",
  "GetAccountSummary",
  "GetLoginProfile",
  "GetRole",
  "GetRolePolicy",
  "ListAccountAliases",
  "ListAttachedRolePolicies",
  "ListEntitiesForPolicy",
  "ListMFADevices",
  "ListRolePolicies",
  "ListRoles",
  "ListVirtualMFADevices",
  "PutRolePolicy",
  "ResyncMFADevice",
  "UpdateAccountPasswordPolicy",
  "UpdateAssumeRolePolicy",
  "UpdateGroup",
  "UpdateLoginProfile",
]);
