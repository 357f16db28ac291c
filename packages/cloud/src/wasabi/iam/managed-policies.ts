import { z } from "zod";

import type { XmlValue } from "../../s3/xml.ts";
import {
  type Account,
  type ManagedPolicy,
  type PolicyHolder,
  newId,
  policyArn,
} from "../account.ts";
import { checkDocument } from "./inline-policies.ts";
import {
  type QueryAction,
  QueryError,
  action,
  entityName,
  entityPath,
  page,
  paging,
} from "./query.ts";

/** Most managed policies of an account (docs.wasabi.com/docs/policies-1). */
const maxPolicies = 1000;

/** Most versions of a policy (IAM and STS quotas). */
const maxVersions = 5;

/** The parameter that names a managed policy. */
export const arnParameter = { PolicyArn: z.string().min(20) };

/** The managed policy of that ARN. @throws QueryError `NoSuchEntity` */
export function requirePolicy({ policies }: Account, arn: string): ManagedPolicy {
  const policy = policies.get(arn);
  if (policy) return policy;
  throw new QueryError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`);
}

function holdersOf({ users, groups }: Account, arn: string): PolicyHolder[] {
  return [...users.values(), ...groups.values()].filter(({ attachedPolicies }) =>
    attachedPolicies.has(arn),
  );
}

function policyContent(account: Account, policy: ManagedPolicy): XmlValue {
  const arn = policyArn(account, policy);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: arn,
    Path: policy.path,
    Description: policy.description === "" ? undefined : policy.description,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: holdersOf(account, arn).length,
    IsAttachable: true,
    CreateDate: policy.createdAt.toISOString(),
    UpdateDate: (policy.versions.at(-1)?.createdAt ?? policy.createdAt).toISOString(),
  };
}

function versionContent(policy: ManagedPolicy, id: string, withDocument: boolean) {
  const version = requireVersion(policy, id);
  return {
    ...(withDocument && { Document: encodeURIComponent(version.document) }),
    VersionId: version.id,
    IsDefaultVersion: version.id === policy.defaultVersionId,
    CreateDate: version.createdAt.toISOString(),
  };
}

function requireVersion({ versions }: ManagedPolicy, id: string) {
  const version = versions.find((candidate) => candidate.id === id);
  if (version) return version;
  throw new QueryError("NoSuchEntity", `Policy version ${id} does not exist.`);
}

function addVersion(policy: ManagedPolicy, document: string, now: Date) {
  if (policy.versions.length >= maxVersions) {
    throw new QueryError(
      "LimitExceeded",
      `A managed policy can have up to ${maxVersions} versions.`,
    );
  }
  const latest = Number(policy.versions.at(-1)?.id.slice(1) ?? 0);
  const version = { id: `v${latest + 1}`, document: checkDocument(document), createdAt: now };
  policy.versions.push(version);
  return version;
}

const lifecycleActions: readonly QueryAction[] = [
  action({
    name: "CreatePolicy",
    parameters: {
      PolicyName: entityName,
      Path: entityPath,
      Description: z.string().max(1000).default(""),
      PolicyDocument: z.string().min(1),
    },
    resource: ({ PolicyName, Path }, { account }) =>
      policyArn(account, { name: PolicyName, path: Path }),
    run({ PolicyName, Path, Description, PolicyDocument }, { account, now }) {
      const arn = policyArn(account, { name: PolicyName, path: Path });
      if (account.policies.has(arn)) {
        throw new QueryError(
          "EntityAlreadyExists",
          `A policy called ${PolicyName} already exists.`,
        );
      }
      if (account.policies.size >= maxPolicies) {
        throw new QueryError("LimitExceeded", `Cannot exceed quota for policies: ${maxPolicies}`);
      }
      const policy: ManagedPolicy = {
        id: newId("ANPA"),
        name: PolicyName,
        path: Path,
        description: Description,
        createdAt: now,
        versions: [],
        defaultVersionId: "v1",
      };
      addVersion(policy, PolicyDocument, now);
      account.policies.set(arn, policy);
      return { Policy: policyContent(account, policy) };
    },
  }),
  action({
    name: "GetPolicy",
    parameters: arnParameter,
    resource: ({ PolicyArn }) => PolicyArn,
    run: ({ PolicyArn }, { account }) => ({
      Policy: policyContent(account, requirePolicy(account, PolicyArn)),
    }),
  }),
  action({
    name: "ListPolicies",
    parameters: { Scope: z.enum(["All", "Local"]).default("All"), ...paging },
    resource: () => "*",
    run: (paged, { account }) =>
      page(
        [...account.policies.values()],
        "Policies",
        (policy) => policyContent(account, policy),
        paged,
      ),
  }),
  action({
    name: "DeletePolicy",
    parameters: arnParameter,
    resource: ({ PolicyArn }) => PolicyArn,
    run({ PolicyArn }, { account }) {
      const policy = requirePolicy(account, PolicyArn);
      if (holdersOf(account, PolicyArn).length > 0 || policy.versions.length > 1) {
        throw new QueryError(
          "DeleteConflict",
          "A policy that is attached or has more than its default version cannot be deleted.",
        );
      }
      account.policies.delete(PolicyArn);
      return undefined;
    },
  }),
];

const versionActions: readonly QueryAction[] = [
  action({
    name: "CreatePolicyVersion",
    parameters: {
      ...arnParameter,
      PolicyDocument: z.string().min(1),
      SetAsDefault: z.enum(["true", "false"]).default("false"),
    },
    resource: ({ PolicyArn }) => PolicyArn,
    run({ PolicyArn, PolicyDocument, SetAsDefault }, { account, now }) {
      const policy = requirePolicy(account, PolicyArn);
      const { id } = addVersion(policy, PolicyDocument, now);
      if (SetAsDefault === "true") policy.defaultVersionId = id;
      return { PolicyVersion: versionContent(policy, id, false) };
    },
  }),
  action({
    name: "GetPolicyVersion",
    parameters: { ...arnParameter, VersionId: z.string() },
    resource: ({ PolicyArn }) => PolicyArn,
    run: ({ PolicyArn, VersionId }, { account }) => ({
      PolicyVersion: versionContent(requirePolicy(account, PolicyArn), VersionId, true),
    }),
  }),
  action({
    name: "ListPolicyVersions",
    parameters: { ...arnParameter, ...paging },
    resource: ({ PolicyArn }) => PolicyArn,
    run({ PolicyArn, ...paged }, { account }) {
      const policy = requirePolicy(account, PolicyArn);
      const show = ({ id }: { readonly id: string }) => versionContent(policy, id, false);
      return page(policy.versions, "Versions", show, paged);
    },
  }),
  action({
    name: "SetDefaultPolicyVersion",
    parameters: { ...arnParameter, VersionId: z.string() },
    resource: ({ PolicyArn }) => PolicyArn,
    run({ PolicyArn, VersionId }, { account }) {
      const policy = requirePolicy(account, PolicyArn);
      policy.defaultVersionId = requireVersion(policy, VersionId).id;
      return undefined;
    },
  }),
  action({
    name: "DeletePolicyVersion",
    parameters: { ...arnParameter, VersionId: z.string() },
    resource: ({ PolicyArn }) => PolicyArn,
    run({ PolicyArn, VersionId }, { account }) {
      const policy = requirePolicy(account, PolicyArn);
      const version = requireVersion(policy, VersionId);
      if (version.id === policy.defaultVersionId) {
        throw new QueryError("DeleteConflict", "Cannot delete the default version of a policy.");
      }
      policy.versions.splice(policy.versions.indexOf(version), 1);
      return undefined;
    },
  }),
];

/** Actions on policies that stand by themselves. */
export const managedPolicyActions: readonly QueryAction[] = [
  ...lifecycleActions,
  ...versionActions,
];
