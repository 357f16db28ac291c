import { iamActions, iamActionsNotImplemented } from "../../../src/wasabi/iam/actions.ts";

test("an action is either played or known not to be", () => {
  expect([...iamActions.keys()].filter((name) => iamActionsNotImplemented.has(name))).toEqual([]);
});

/** The table of docs.wasabi.com/apidocs/iam-and-sts-support, its two misspellings corrected. */
const documented = `
  AddUserToGroup DeleteUser ListEntitiesForPolicy AttachGroupPolicy DeleteUserPolicy
  ListGroups AttachRolePolicy DeleteVirtualMFADevice ListGroupPolicies AttachUserPolicy
  DetachGroupPolicy ListGroupsForUser ChangePassword DetachRolePolicy ListMFADevices
  CreateAccessKey DetachUserPolicy ListPolicies CreateAccountAlias EnableMFADevice
  ListPolicyVersions CreateGroup GetAccessKeyLastUsed ListRolePolicies CreateLoginProfile
  GetAccountAuthorizationDetails ListRoles CreatePolicy GetAccountPasswordPolicy ListUsers
  CreatePolicyVersion GetAccountSummary ListUserPolicies CreateRole GetGroup
  ListVirtualMFADevices CreateUser GetGroupPolicy PutGroupPolicy CreateVirtualMFADevice
  GetLoginProfile PutUserPolicy DeactivateMFADevice GetPolicy PutRolePolicy
  DeleteAccessKey GetPolicyVersion RemoveUserFromGroup DeleteAccountAlias GetRole
  ResyncMFADevice DeleteAccountPasswordPolicy GetRolePolicy SetDefaultPolicyVersion DeleteGroup
  GetUser UpdateAccessKey DeleteGroupPolicy GetUserPolicy UpdateAccountPasswordPolicy
  DeleteLoginProfile ListAccessKeys UpdateAssumeRolePolicy DeletePolicy ListAccountAliases
  UpdateLoginProfile DeletePolicyVersion ListAttachedGroupPolicies UpdateGroup DeleteRole
  ListAttachedRolePolicies UpdateUser DeleteRolePolicy ListAttachedUserPolicies
`;

test("played and not played together are the actions that Wasabi documents, and no others", () => {
  expect([...iamActions.keys(), ...iamActionsNotImplemented].sort()).toEqual(
    documented.trim().split(/\s+/).sort(),
  );
});

test.each([
  ["aws_iam_user", ["CreateUser", "GetUser", "ListGroupsForUser", "DeleteUser"]],
  ["aws_iam_user_policy", ["PutUserPolicy", "GetUserPolicy", "DeleteUserPolicy"]],
  ["aws_iam_access_key", ["CreateAccessKey", "ListAccessKeys", "DeleteAccessKey"]],
  [
    "aws_iam_policy",
    ["CreatePolicy", "GetPolicy", "GetPolicyVersion", "ListPolicyVersions", "DeletePolicy"],
  ],
])("all that the provider's %s calls is played", (_resource, names) => {
  expect(names.filter((name) => !iamActions.has(name))).toEqual([]);
});
