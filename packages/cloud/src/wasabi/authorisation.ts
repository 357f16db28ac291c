import type { AskedRequest, Permission } from "../s3/operations/operation.ts";
import { UnknownCallError } from "../s3/routing.ts";
import type { Verdict } from "../s3/service.ts";
import type { S3Store } from "../s3/store.ts";
import {
  type Account,
  type KeyOwner,
  findKeyOwner,
  policyTextsOf,
  rootArn,
  userArn,
} from "./account.ts";
import {
  type Decision,
  type PolicyDocument,
  type Principal,
  evaluateAccess,
  parsePolicy,
} from "./policy-evaluation.ts";

/**
 * Header that says how a request is thought to have travelled, `https` or `http`. The rehearsal has no TLS on loopback;
 * without the header a request counts as encrypted, so that policies which demand it can be rehearsed both ways.
 */
const transportHeader = "x-rehearsal-transport";

/** The principal that a key stands for. */
export function principalOf(account: Account, owner: KeyOwner | undefined): Principal {
  if (!owner) return { kind: "anonymous" };
  return owner.user
    ? { kind: "user", arn: userArn(account, owner.user) }
    : { kind: "root", arn: rootArn(account) };
}

/** The policies of a key's owner; root and the anonymous have none. */
export function identityPolicies(account: Account, owner: KeyOwner | undefined): PolicyDocument[] {
  if (!owner?.user) return [];
  return policyTextsOf(account, owner.user).map((text) => parsePolicy(text, "identity"));
}

/**
 * Decides what the sender of an S3 request may do, by the policies of the account and of the bucket, and notes that the
 * key was used: a rotation asks for that.
 */
export function authoriseS3(account: Account, store: S3Store, region: string) {
  return (sender: string | undefined, request: AskedRequest, sourceIp: string) => {
    const owner = sender === undefined ? undefined : findKeyOwner(account, sender);
    if (owner) owner.key.lastUsed = { at: request.now, service: "s3", region };
    const principal = principalOf(account, owner);
    const identity = identityPolicies(account, owner);
    const context = contextOf(request, sourceIp);
    return (permission: Permission): Verdict => {
      const resource = resourceArn(permission);
      const policy = store.buckets.get(permission.bucket)?.policy;
      const decision = evaluateAccess(
        { principal, action: permission.action, resource, context },
        {
          identity,
          ...(policy !== undefined && { resource: parsePolicy(policy, "resource") }),
        },
      );
      return verdict(decision, principal, permission.action, resource);
    };
  };
}

function resourceArn({ bucket, key }: Permission): string {
  return `arn:aws:s3:::${bucket}${key === undefined ? "" : `/${key}`}`;
}

function verdict(
  decision: Decision,
  principal: Principal,
  action: string,
  resource: string,
): Verdict {
  if (principal.kind === "anonymous") {
    // What a policy opens to everybody stays closed until Wasabi's support opens it for the account.
    const isPublic = decision.outcome === "allowed";
    return {
      allowed: false,
      reason: isPublic ? "Public use of objects is not allowed by this account" : "Access Denied",
    };
  }
  if (decision.outcome === "allowed") return { allowed: true };
  return { allowed: false, reason: refusal(decision, principal.arn, action, resource) };
}

/** Why something is refused, in the words of AWS, with the statement that decided. */
export function refusal(
  { outcome, statement }: Decision,
  arn: string,
  action: string,
  resource: string,
): string {
  const because =
    outcome === "explicitly-denied"
      ? "with an explicit deny"
      : statement === undefined
        ? "because no policy allows it"
        : "because a policy names others";
  const source = statement === undefined ? "" : ` (${statement})`;
  return `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${because}${source}`;
}

function contextOf(
  { headers, query, now }: AskedRequest,
  sourceIp: string,
): Record<string, string> {
  const values = {
    "aws:SecureTransport": String(isSecure(headers[transportHeader])),
    "aws:SourceIp": sourceIp,
    "aws:CurrentTime": now.toISOString(),
    "aws:Referer": headers.referer,
    "s3:x-amz-acl": headers["x-amz-acl"],
    "s3:x-amz-grant-read": headers["x-amz-grant-read"],
    "s3:x-amz-content-sha256": headers["x-amz-content-sha256"],
    "s3:prefix": query.get("prefix"),
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

function isSecure(transport: string | undefined): boolean {
  if (transport === undefined || transport === "https") return true;
  if (transport === "http") return false;
  throw new UnknownCallError(`${transportHeader} must be https or http, not ${transport}.`);
}
