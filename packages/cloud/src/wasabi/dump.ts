import type { GeneratedText } from "../canonical.ts";
import { dumpS3Store, generatedS3Ids as storeIds } from "../s3/dump.ts";
import type { S3Store } from "../s3/store.ts";
import {
  type AccessKey,
  type Account,
  type PolicyHolder,
  groupsOf,
  policyArn,
  userArn,
} from "./account.ts";

/** Ids that Wasabi makes up: those of users, groups, policies and keys, and those of the store. */
export const generatedIds: readonly GeneratedText[] = [
  { name: "access-key", pattern: /\bAKIA[A-Z2-7]{16}\b/g },
  { name: "iam-id", pattern: /\bA(?:IDA|GPA|NPA)[A-Z2-7]{16}\b/g },
  ...storeIds,
];

/** Everything in the account, secrets left out, in an order that does not depend on chance. */
export function dumpWasabi(account: Account, store: S3Store): unknown {
  return {
    account: account.id,
    users: byName(account.users.values()).map((user) => ({
      arn: userArn(account, user),
      id: user.id,
      accessKeys: [...user.accessKeys.values()].map(dumpKey),
      groups: groupsOf(account, user).map(({ name }) => name),
      ...dumpPolicies(user),
    })),
    groups: byName(account.groups.values()).map((group) => ({
      name: group.name,
      id: group.id,
      ...dumpPolicies(group),
    })),
    policies: byName(account.policies.values()).map((policy) => ({
      arn: policyArn(account, policy),
      id: policy.id,
      defaultVersionId: policy.defaultVersionId,
      versions: policy.versions.map(({ id, document }) => ({ id, document: parse(document) })),
    })),
    buckets: dumpS3Store(store),
  };
}

function byName<T extends { readonly name: string }>(items: Iterable<T>): T[] {
  return [...items].sort((first, second) => (first.name < second.name ? -1 : 1));
}

function dumpKey({ accessKeyId, status }: AccessKey): unknown {
  return { accessKeyId, status };
}

function dumpPolicies({ inlinePolicies, attachedPolicies }: PolicyHolder): object {
  return {
    inlinePolicies: Object.fromEntries(
      [...inlinePolicies].map(([name, document]) => [name, parse(document)]),
    ),
    attachedPolicies: [...attachedPolicies].sort(),
  };
}

function parse(document: string): unknown {
  return JSON.parse(document);
}
