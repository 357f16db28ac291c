import { conditionHolds, conditionObjection } from "../../src/wasabi/policy-conditions.ts";

const holds = (operator: string, expected: string | string[], actual?: string, key = "s3:prefix") =>
  conditionHolds(operator, key, [expected].flat(), (name) => (name === key ? actual : undefined));

test.each<[string, string | string[], string, boolean]>([
  ["StringEquals", "a", "a", true],
  ["StringEquals", "a", "A", false],
  ["StringEquals", "a*", "ab", false],
  ["StringEquals", ["a", "b"], "b", true],
  ["StringNotEquals", ["a", "b"], "b", false],
  ["StringNotEquals", ["a", "b"], "c", true],
  ["StringEqualsIgnoreCase", "Ab", "aB", true],
  ["StringNotEqualsIgnoreCase", "Ab", "aB", false],
  ["StringLike", "a*", "ab", true],
  ["StringLike", "a?", "abc", false],
  ["StringNotLike", "a*", "ab", false],
  ["Bool", "false", "false", true],
  ["Bool", "False", "false", true],
  ["Bool", "false", "true", false],
  ["NumericEquals", "10", "10.0", true],
  ["NumericNotEquals", "10", "10.0", false],
  ["NumericLessThan", "10", "9", true],
  ["NumericLessThanEquals", "10", "10", true],
  ["NumericGreaterThan", "10", "9", false],
  ["NumericGreaterThanEquals", "10", "10", true],
  ["DateLessThan", "2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z", true],
  ["DateGreaterThan", "1767225600", "2026-01-01T00:00:01Z", true],
  ["DateEquals", "1767225600", "2026-01-01T00:00:00Z", true],
  ["IpAddress", "10.0.0.0/8", "10.2.3.4", true],
  ["IpAddress", "10.0.0.0/8", "11.2.3.4", false],
  ["IpAddress", "10.0.0.1", "10.0.0.1", true],
  ["IpAddress", "2001:db8::/32", "10.0.0.1", false],
  ["NotIpAddress", ["10.0.0.0/8", "2001:db8::/32"], "2001:db8::1", false],
  ["NotIpAddress", ["10.0.0.0/8", "2001:db8::/32"], "192.0.2.1", true],
  ["ArnLike", "arn:aws:iam::*:user/a*", "arn:aws:iam::100000000001:user/ab", true],
  ["ArnEquals", "arn:aws:iam::*:user/a", "arn:aws:iam::1:x:user/a", false],
  ["ArnNotLike", "arn:aws:iam::*:user/*", "arn:aws:iam::1:user/a", false],
  ["ArnNotEquals", "arn:aws:s3:::a", "arn:aws:s3:::b", true],
])("%s %j against %j: %s", (operator, expected, actual, outcome) => {
  expect(holds(operator, expected, actual)).toBe(outcome);
});

test.each([
  ["StringEquals", "a", false],
  ["StringNotEquals", "a", true],
  ["NotIpAddress", "10.0.0.0/8", true],
  ["NumericLessThan", "1", false],
  ["StringEqualsIfExists", "a", true],
  ["StringNotEqualsIfExists", "a", true],
  ["Bool", "false", false],
  ["BoolIfExists", "false", true],
  ["Null", "true", true],
  ["Null", "false", false],
])("a request without the key: %s %j is %s", (operator, expected, outcome) => {
  expect(holds(operator, expected)).toBe(outcome);
});

test("Null false holds when the key is there", () => {
  expect(holds("Null", "false", "value")).toBe(true);
  expect(holds("Null", "true", "value")).toBe(false);
});

test.each<[string, string, string[], string]>([
  ["StringEqual", "s3:prefix", ["a"], 'uses the unknown condition operator "StringEqual"'],
  [
    "ForAnyValue:StringEquals",
    "s3:prefix",
    ["a"],
    'uses the unknown condition operator "ForAnyValue:StringEquals"',
  ],
  ["NullIfExists", "s3:prefix", ["true"], 'uses the unknown condition operator "NullIfExists"'],
  [
    "StringEquals",
    "s3:if-none-match",
    ["*"],
    'uses the condition key "s3:if-none-match", which Wasabi is not known to support',
  ],
  ["Bool", "aws:SecureTransport", ["no"], 'uses Bool with "no", which is neither true nor false'],
  [
    "IpAddress",
    "aws:SourceIp",
    ["10.0.0.0/99"],
    'uses IpAddress with "10.0.0.0/99", which is no IP address or CIDR range',
  ],
  [
    "NumericEquals",
    "aws:MultiFactorAuthAge",
    [""],
    'uses NumericEquals with "", which is no number',
  ],
  [
    "DateLessThan",
    "aws:CurrentTime",
    ["soon"],
    'uses DateLessThan with "soon", which is no ISO 8601 date or epoch seconds',
  ],
  ["ArnLike", "iam:PolicyArn", ["user"], 'uses ArnLike with "user", which is no ARN'],
  ["StringLike", "s3:prefix", [], "uses StringLike without a value"],
])("refuses %s on %s with %j", (operator, key, values, objection) => {
  expect(conditionObjection(operator, key, values)).toBe(objection);
});

test("condition keys are case-insensitive", () => {
  expect(conditionObjection("Bool", "AWS:securetransport", ["true"])).toBeUndefined();
});
