import { S3Error } from "../s3/errors.ts";
import { type Account, userArn } from "./account.ts";
import { MalformedPolicyError, parsePolicy } from "./policy-evaluation.ts";
import type { Statement } from "./policy-document.ts";
import { matchesPattern } from "./policy-pattern.ts";
import { type ActionLevel, levelsOfAction } from "./s3-actions.ts";

/** Largest bucket policy in bytes (Amazon S3, bucket policies: 20 KB). */
const maxBytes = 20 * 1024;

/**
 * Accepts or refuses the policy of a bucket as S3 does: it must be well formed, name principals that exist, be about
 * this bucket, and each of its actions must be able to apply to one of its resources.
 *
 * @throws S3Error `MalformedPolicy`
 */
export function checkBucketPolicy(account: Account, bucket: string, text: string): void {
  if (Buffer.byteLength(text) > maxBytes) throw malformed("Policies must not exceed 20 KB");
  for (const statement of readStatements(text)) {
    checkPrincipals(account, statement);
    checkResources(bucket, statement);
    checkActions(bucket, statement);
  }
}

function readStatements(text: string): readonly Statement[] {
  try {
    return parsePolicy(text, "resource").Statement;
  } catch (error) {
    if (error instanceof MalformedPolicyError) throw malformed(error.message);
    throw error;
  }
}

function malformed(message: string, detail?: string): S3Error {
  return new S3Error("MalformedPolicy", {
    message,
    ...(detail !== undefined && { elements: { Detail: detail } }),
  });
}

function checkPrincipals(account: Account, { Principal, NotPrincipal }: Statement): void {
  const known = new Set([
    "*",
    account.id,
    `arn:aws:iam::${account.id}:root`,
    ...[...account.users.values()].map((user) => userArn(account, user)),
  ]);
  const unknown = (Principal ?? NotPrincipal ?? []).find((value) => !known.has(value));
  if (unknown !== undefined) throw malformed("Invalid principal in policy", `"AWS" : "${unknown}"`);
}

function checkResources(bucket: string, { Resource, NotResource }: Statement): void {
  const arn = `arn:aws:s3:::${bucket}`;
  const foreign = (Resource ?? NotResource ?? []).find(
    (resource) => resource !== arn && !resource.startsWith(`${arn}/`),
  );
  if (foreign !== undefined) throw malformed("Policy has invalid resource", foreign);
}

function checkActions(bucket: string, { Action, NotAction, Resource }: Statement): void {
  for (const action of Action ?? NotAction ?? []) {
    const levels = levelsOfAction(action);
    if (levels.size === 0) throw malformed("Policy has invalid action", action);
    if (Action && Resource && !Resource.some((resource) => isOfLevel(bucket, resource, levels))) {
      throw malformed("Action does not apply to any resource(s) in statement", action);
    }
  }
}

function isOfLevel(bucket: string, resource: string, levels: ReadonlySet<ActionLevel>): boolean {
  const isBucket = matchesPattern(resource, `arn:aws:s3:::${bucket}`);
  return levels.has(isBucket ? "bucket" : "object");
}
