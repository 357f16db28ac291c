import { conditionHolds } from "./policy-conditions.ts";
import { type PolicyDocument, type Statement, statementName } from "./policy-document.ts";
import {
  type VariableLookup,
  matchesPattern,
  matchesTokens,
  patternTokens,
} from "./policy-pattern.ts";

export { MalformedPolicyError, type PolicyDocument, parsePolicy } from "./policy-document.ts";

/** Who asks: a user of the account, its root, or somebody without credentials. */
export type Principal =
  { readonly kind: "user" | "root"; readonly arn: string } | { readonly kind: "anonymous" };

/** A request as the authorisation sees it. */
export interface AccessRequest {
  readonly principal: Principal;
  /** Permission asked for, such as `s3:GetObject`. */
  readonly action: string;
  /** ARN of what it is asked for, such as `arn:aws:s3:::bucket/key`. */
  readonly resource: string;
  /**
   * Values of condition keys: `aws:SecureTransport`, `s3:x-amz-acl`, `s3:prefix`, ... `aws:username` and `aws:accountid`
   * follow from the principal's ARN.
   */
  readonly context: Readonly<Record<string, string>>;
}

/** What the policies say, and which statement said it. */
export interface Decision {
  readonly outcome: "allowed" | "explicitly-denied" | "implicitly-denied";
  /** Policy and statement that decided; absent where the absence of a statement decides. */
  readonly statement?: string;
}

/** The policies that bear on a request: the caller's, and the bucket's. */
export interface PolicySet {
  readonly identity: readonly PolicyDocument[];
  readonly resource?: PolicyDocument;
}

/** The root of an account can always mend a policy that locks everybody out (AWS: PutBucketPolicy, API reference). */
const rootsLastResort = new Set([
  "s3:GetBucketPolicy",
  "s3:PutBucketPolicy",
  "s3:DeleteBucketPolicy",
]);

/**
 * Decides a request as IAM does: a Deny in any policy beats every Allow; an Allow in any policy suffices; silence
 * refuses. Beyond that, two rules of the platform:
 *
 * - Root needs no Allow, but a bucket policy's Deny binds it, except for the three calls that mend such a policy. That
 *   is AWS's rule; that Wasabi's is the same is assumed.
 * - A bucket policy with an Allow that names users shuts out every other user, whatever their own policies allow
 *   (docs.wasabi.com/docs/how-do-i-restrict-bucket-access-with-resource-based-policies: "implicit deny-all").
 */
export function evaluateAccess(request: AccessRequest, policies: PolicySet): Decision {
  const valueOf = lookup(request);
  const candidates = named(policies);
  const speaking = candidates.filter(({ statement }) => applies(statement, request, valueOf));
  const denial = speaking.find(({ statement }) => statement.Effect === "Deny");
  const isRoot = request.principal.kind === "root";
  if (denial && !(isRoot && rootsLastResort.has(request.action))) {
    return { outcome: "explicitly-denied", statement: denial.name };
  }
  if (isRoot) return { outcome: "allowed" };
  const exclusion = shutOut(request, candidates);
  if (exclusion) return { outcome: "implicitly-denied", statement: exclusion.name };
  const allowance = speaking.find(({ statement }) => statement.Effect === "Allow");
  return allowance
    ? { outcome: "allowed", statement: allowance.name }
    : { outcome: "implicitly-denied" };
}

interface NamedStatement {
  readonly statement: Statement;
  readonly name: string;
}

function named({ identity, resource }: PolicySet): NamedStatement[] {
  const inPolicy = (policy: string, document: PolicyDocument) =>
    document.Statement.map((statement, index) => ({
      statement,
      name: `${policy}, ${statementName(statement, index)}`,
    }));
  return [
    ...identity.flatMap((document, index) => inPolicy(`identity policy ${index + 1}`, document)),
    ...(resource ? inPolicy("resource policy", resource) : []),
  ];
}

function lookup({ principal, context }: AccessRequest): VariableLookup {
  const arn = principal.kind === "anonymous" ? [] : principal.arn.split(":");
  const derived = {
    ...(principal.kind === "user" && { "aws:username": principal.arn.split("/").at(-1) }),
    ...(principal.kind !== "anonymous" && { "aws:accountid": arn[4] }),
  };
  const values = new Map(
    Object.entries({ ...derived, ...context }).map(([key, value]) => [key.toLowerCase(), value]),
  );
  return (name) => values.get(name.toLowerCase());
}

function applies(statement: Statement, request: AccessRequest, valueOf: VariableLookup): boolean {
  return (
    isAboutPrincipal(statement, request.principal) &&
    isAboutAction(statement, request.action) &&
    isAboutResource(statement, request.resource, valueOf) &&
    statement.Condition.every(({ operator, key, values }) =>
      conditionHolds(operator, key, values, valueOf),
    )
  );
}

function isAboutPrincipal(
  { Effect, Principal, NotPrincipal }: Statement,
  principal: Principal,
): boolean {
  // Identity policies name no principal: they are about the user that they are attached to.
  if (Principal) return Principal.some((value) => namesPrincipal(value, principal, Effect));
  if (NotPrincipal) return !NotPrincipal.some((value) => namesPrincipal(value, principal, "Allow"));
  return true;
}

/**
 * An account, or its root's ARN, stands for everybody in it when something is denied. When something is allowed it only
 * lets the account allow it in turn, which for the account's own users adds nothing to their policies.
 */
function namesPrincipal(value: string, principal: Principal, effect: Statement["Effect"]): boolean {
  if (value === "*") return true;
  if (principal.kind === "anonymous") return false;
  const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
  if (account === undefined) return value === principal.arn;
  const isOfAccount = principal.arn.split(":")[4] === account;
  return isOfAccount && (effect === "Deny" || principal.kind === "root");
}

function isAboutAction({ Action, NotAction }: Statement, action: string): boolean {
  const wanted = action.toLowerCase();
  const isListed = (Action ?? NotAction ?? []).some((pattern) =>
    matchesPattern(pattern.toLowerCase(), wanted),
  );
  return NotAction ? !isListed : isListed;
}

function isAboutResource(
  { Resource, NotResource }: Statement,
  resource: string,
  valueOf: VariableLookup,
): boolean {
  const isListed = (Resource ?? NotResource ?? []).some((pattern) => {
    const tokens = patternTokens(pattern, valueOf);
    return tokens !== undefined && matchesTokens(tokens, resource);
  });
  return NotResource ? !isListed : isListed;
}

/** The Allow that shuts this user out because it names others, if there is one and none names this user too. */
function shutOut(
  { principal }: AccessRequest,
  candidates: readonly NamedStatement[],
): NamedStatement | undefined {
  const allows = candidates.filter(
    ({ statement: { Effect, Principal } }) => Effect === "Allow" && Principal !== undefined,
  );
  const isNamed = allows.some(({ statement }) => isAboutPrincipal(statement, principal));
  return isNamed ? undefined : allows[0];
}
