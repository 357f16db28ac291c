import { randomBytes } from "node:crypto";

/** A pair of keys. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly createdAt: Date;
  status: "Active" | "Inactive";
  lastUsed: { readonly at: Date; readonly service: string; readonly region: string } | undefined;
}

/** What policies can be given to: a user or a group. */
export interface PolicyHolder {
  /** Text of each inline policy by its name. */
  readonly inlinePolicies: Map<string, string>;
  /** ARNs of managed policies. */
  readonly attachedPolicies: Set<string>;
}

/** A sub-user of the account. */
export interface User extends PolicyHolder {
  readonly id: string;
  name: string;
  path: string;
  readonly createdAt: Date;
  readonly accessKeys: Map<string, AccessKey>;
}

/** A group of users. */
export interface Group extends PolicyHolder {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly createdAt: Date;
  /** Ids of its users, which stay when a user is renamed. */
  readonly members: Set<string>;
}

/** A version of a managed policy. */
interface PolicyVersion {
  readonly id: string;
  readonly document: string;
  readonly createdAt: Date;
}

/** A policy that stands by itself and can be attached. */
export interface ManagedPolicy {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly createdAt: Date;
  readonly versions: PolicyVersion[];
  defaultVersionId: string;
}

/** A Wasabi account: its root keys and everything of IAM. */
export interface Account {
  readonly id: string;
  readonly rootKeys: Map<string, AccessKey>;
  /** By name, which IAM compares without regard to case; the keys are in lower case. */
  readonly users: Map<string, User>;
  readonly groups: Map<string, Group>;
  /** By ARN. */
  readonly policies: Map<string, ManagedPolicy>;
}

/** Who a request's access key belongs to. */
export interface KeyOwner {
  readonly key: AccessKey;
  /** `undefined` is the root of the account. */
  readonly user: User | undefined;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** An id as IAM makes them: four letters that say of what, then sixteen of chance. */
export function newId(prefix: "AIDA" | "AGPA" | "ANPA" | "AKIA"): string {
  const letters = Array.from(randomBytes(16), (byte) => alphabet[byte % alphabet.length]);
  return prefix + letters.join("");
}

/** A new pair of keys: an id of 20 characters and a secret of 40. */
export function newAccessKey(now: Date): AccessKey {
  return accessKey(newId("AKIA"), randomBytes(30).toString("base64"), now);
}

/** A pair of keys that is known beforehand. */
export function accessKey(accessKeyId: string, secretAccessKey: string, now: Date): AccessKey {
  return { accessKeyId, secretAccessKey, createdAt: now, status: "Active", lastUsed: undefined };
}

/** ARN of a user; they look like AWS's on Wasabi too. */
export function userArn(account: Account, { path, name }: Pick<User, "path" | "name">): string {
  return `arn:aws:iam::${account.id}:user${path}${name}`;
}

/** ARN of a group. */
export function groupArn(account: Account, { path, name }: Pick<Group, "path" | "name">): string {
  return `arn:aws:iam::${account.id}:group${path}${name}`;
}

/** ARN of a managed policy of the account. */
export function policyArn(
  account: Account,
  { path, name }: Pick<ManagedPolicy, "path" | "name">,
): string {
  return `arn:aws:iam::${account.id}:policy${path}${name}`;
}

/** ARN of the account's root. */
export function rootArn(account: Account): string {
  return `arn:aws:iam::${account.id}:root`;
}

/** The owner of an access key, active or not. */
export function findKeyOwner(account: Account, accessKeyId: string): KeyOwner | undefined {
  const rootKey = account.rootKeys.get(accessKeyId);
  if (rootKey) return { key: rootKey, user: undefined };
  for (const user of account.users.values()) {
    const key = user.accessKeys.get(accessKeyId);
    if (key) return { key, user };
  }
  return undefined;
}

/** Secret of an access key that may be used; `undefined` for an unknown or inactive one. */
export function activeSecret(account: Account, accessKeyId: string): string | undefined {
  const owner = findKeyOwner(account, accessKeyId);
  return owner?.key.status === "Active" ? owner.key.secretAccessKey : undefined;
}

/** The groups that a user is in. */
export function groupsOf(account: Account, user: User): Group[] {
  return [...account.groups.values()].filter(({ members }) => members.has(user.id));
}

/** Texts of all policies that apply to a user: his own, and those of his groups. */
export function policyTextsOf(account: Account, user: User): string[] {
  return [user, ...groupsOf(account, user)].flatMap((holder) => [
    ...holder.inlinePolicies.values(),
    ...[...holder.attachedPolicies].flatMap((arn) => defaultDocument(account, arn) ?? []),
  ]);
}

function defaultDocument(account: Account, arn: string): string | undefined {
  const policy = account.policies.get(arn);
  return policy?.versions.find(({ id }) => id === policy.defaultVersionId)?.document;
}
