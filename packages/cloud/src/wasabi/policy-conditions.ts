import ipaddr from "ipaddr.js";

import { matchesTokens, patternTokens, type VariableLookup } from "./policy-pattern.ts";

/**
 * Condition keys that a Wasabi policy may use, each with what says so. Anything else is refused by name: a condition that
 * the platform does not know would never hold, and a Deny that never holds protects nothing.
 */
export const conditionKeys: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "aws:CurrentTime": "docs.wasabi.com/apidocs/iam-and-sts-support",
    "aws:MultiFactorAuthPresent": "docs.wasabi.com/apidocs/iam-and-sts-support",
    "aws:MultiFactorAuthAge": "docs.wasabi.com/apidocs/iam-and-sts-support",
    "aws:accountid": "docs.wasabi.com/apidocs/iam-and-sts-support (Wasabi's own key)",
    "iam:PolicyArn": "docs.wasabi.com/apidocs/iam-and-sts-support",
    "s3:x-amz-content-sha256": "docs.wasabi.com/apidocs/iam-and-sts-support",
    "s3:x-amz-grant-read": "docs.wasabi.com/apidocs/iam-and-sts-support",
    "aws:SourceIp": "docs.wasabi.com/v1/docs/bucket-policy",
    "aws:Referer":
      "docs.wasabi.com/docs/how-to-restrict-object-access-based-on-http-referer-header",
    "aws:SecureTransport":
      "assumed: docs.wasabi.com/docs/how-do-i-restrict-bucket-access-with-resource-based-policies forces HTTPS by policy",
    "aws:username": "assumed: used in resources on Wasabi by github.com/gigascience/gigadb-website",
    "s3:prefix": "assumed: used on Wasabi in public code",
    "s3:x-amz-acl": "assumed: the same family as the documented s3:x-amz-grant-read",
  }).map(([key, source]) => [key.toLowerCase(), source]),
);

interface Operator {
  /** Says why a value of the policy is not one that this operator compares with; `undefined` if it is. */
  readonly objection?: (expected: string) => string | undefined;
  readonly matches: (actual: string, expected: string, valueOf: VariableLookup) => boolean;
  readonly negated?: boolean;
}

const equals: Operator = {
  matches: (actual, expected, valueOf) => actual === text(expected, valueOf),
};
const equalsIgnoringCase: Operator = {
  matches: (actual, expected, valueOf) =>
    actual.toLowerCase() === text(expected, valueOf)?.toLowerCase(),
};
const like: Operator = {
  matches(actual, expected, valueOf) {
    const tokens = patternTokens(expected, valueOf);
    return tokens !== undefined && matchesTokens(tokens, actual);
  },
};
const bool: Operator = {
  objection: (expected) =>
    /^(true|false)$/i.test(expected) ? undefined : "neither true nor false",
  matches: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
};
const ipAddress: Operator = {
  objection: (expected) => (range(expected) ? undefined : "no IP address or CIDR range"),
  matches: inRange,
};
const arnLike: Operator = {
  objection: (expected) => (expected === "*" || expected.startsWith("arn:") ? undefined : "no ARN"),
  matches: matchesArn,
};

const comparisons: Readonly<Record<string, (actual: number, expected: number) => boolean>> = {
  Equals: (actual, expected) => actual === expected,
  LessThan: (actual, expected) => actual < expected,
  LessThanEquals: (actual, expected) => actual <= expected,
  GreaterThan: (actual, expected) => actual > expected,
  GreaterThanEquals: (actual, expected) => actual >= expected,
};

/** Every condition operator of IAM's policy grammar that compares one value with one value. */
const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...withNegation("String", "Equals", equals),
  ...withNegation("String", "EqualsIgnoreCase", equalsIgnoringCase),
  ...withNegation("String", "Like", like),
  ...withNegation("Arn", "Equals", arnLike),
  ...withNegation("Arn", "Like", arnLike),
  ...numbers("Numeric", (value) => (value.trim() === "" ? NaN : Number(value)), "no number"),
  ...numbers("Date", instant, "no ISO 8601 date or epoch seconds"),
  ["Bool", bool],
  ["IpAddress", ipAddress],
  ["NotIpAddress", { ...ipAddress, negated: true }],
]);

function withNegation(kind: string, name: string, operator: Operator): [string, Operator][] {
  return [
    [`${kind}${name}`, operator],
    [`${kind}Not${name}`, { ...operator, negated: true }],
  ];
}

function numbers(
  kind: string,
  read: (value: string) => number,
  complaint: string,
): [string, Operator][] {
  return Object.entries(comparisons).flatMap(([name, compare]): [string, Operator][] => {
    const operator: Operator = {
      objection: (expected) => (Number.isNaN(read(expected)) ? complaint : undefined),
      matches: (actual, expected) => compare(read(actual), read(expected)),
    };
    return name === "Equals" ? withNegation(kind, name, operator) : [[`${kind}${name}`, operator]];
  });
}

function instant(value: string): number {
  return /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value);
}

function text(expected: string, valueOf: VariableLookup): string | undefined {
  // In the exact operators `*` and `?` are ordinary characters.
  return patternTokens(expected, valueOf)
    ?.map((token) => (typeof token === "string" ? { any: "*", one: "?" }[token] : token.literal))
    .join("");
}

function range(value: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  if (ipaddr.isValidCIDR(value)) return ipaddr.parseCIDR(value);
  if (!ipaddr.isValid(value)) return undefined;
  const address = ipaddr.parse(value);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

function inRange(actual: string, expected: string): boolean {
  const network = range(expected);
  if (!network || !ipaddr.isValid(actual)) return false;
  const address = ipaddr.process(actual);
  return address.kind() === network[0].kind() && address.match(network);
}

function matchesArn(actual: string, expected: string, valueOf: VariableLookup): boolean {
  if (expected === "*") return true;
  const actualParts = arnParts(actual);
  const expectedParts = arnParts(expected);
  if (actualParts.length !== 6 || expectedParts.length !== 6) return false;
  return expectedParts.every((part, index) => {
    const tokens = patternTokens(part, valueOf);
    return tokens !== undefined && matchesTokens(tokens, actualParts[index] ?? "");
  });
}

/** The six parts of an ARN; the last one keeps its own colons. Colons inside `${...}` are no separators. */
function arnParts(arn: string): string[] {
  const parts = arn.split(/:(?![^{}]*\})/);
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(":")] : [])];
}

interface NamedOperator {
  readonly operator: Operator;
  readonly ifExists: boolean;
}

function findOperator(name: string): NamedOperator | undefined {
  const exact = operators.get(name);
  if (exact) return { operator: exact, ifExists: false };
  const base = name.endsWith("IfExists")
    ? operators.get(name.slice(0, -"IfExists".length))
    : undefined;
  return base && { operator: base, ifExists: true };
}

/** What is wrong with one line of a Condition element, in a sentence; `undefined` if nothing is. */
export function conditionObjection(
  operatorName: string,
  key: string,
  values: readonly string[],
): string | undefined {
  if (!conditionKeys.has(key.toLowerCase())) {
    return `uses the condition key "${key}", which Wasabi is not known to support`;
  }
  if (operatorName === "Null") return valuesObjection(operatorName, values, bool);
  const found = findOperator(operatorName);
  if (!found) return `uses the unknown condition operator "${operatorName}"`;
  return valuesObjection(operatorName, values, found.operator);
}

function valuesObjection(name: string, values: readonly string[], operator: Operator) {
  if (values.length === 0) return `uses ${name} without a value`;
  for (const value of values) {
    const objection = operator.objection?.(value);
    if (objection) return `uses ${name} with ${JSON.stringify(value)}, which is ${objection}`;
  }
  return undefined;
}

/**
 * Whether one line of a Condition element holds. Several values are alternatives; a negated operator holds if none of
 * them matches, and also if the request lacks the key; every other operator fails on a missing key unless it ends in
 * `IfExists` (AWS: IAM JSON policy elements, condition operators).
 *
 * @throws Error naming an operator that does not exist: policies are checked when read, so this is a defect.
 */
export function conditionHolds(
  operatorName: string,
  key: string,
  values: readonly string[],
  valueOf: VariableLookup,
): boolean {
  const actual = valueOf(key);
  if (operatorName === "Null") {
    return values.some((value) => (value.toLowerCase() === "true") === (actual === undefined));
  }
  const found = findOperator(operatorName);
  if (!found) throw new Error(`unknown condition operator "${operatorName}"`);
  const { operator, ifExists } = found;
  if (actual === undefined) return ifExists || operator.negated === true;
  const matched = values.some((value) => operator.matches(actual, value, valueOf));
  return matched !== (operator.negated === true);
}
