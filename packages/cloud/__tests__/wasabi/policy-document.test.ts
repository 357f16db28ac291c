import { parsePolicy } from "../../src/wasabi/policy-document.ts";

const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::media/*" };
const deny = { ...allow, Effect: "Deny", Principal: "*" };
const policy = (...statements: object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

test("single values and a single statement are read as lists", () => {
  const text = JSON.stringify({
    Version: "2012-10-17",
    Id: "bucket",
    Statement: { ...deny, Sid: "One", Condition: { Bool: { "aws:SecureTransport": false } } },
  });

  expect(parsePolicy(text, "resource")).toEqual({
    Version: "2012-10-17",
    Id: "bucket",
    Statement: [
      {
        Sid: "One",
        Effect: "Deny",
        Principal: ["*"],
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::media/*"],
        Condition: [{ operator: "Bool", key: "aws:SecureTransport", values: ["false"] }],
      },
    ],
  });
});

test.each<[string, string, string]>([
  ["text that is no JSON", "{", "The policy is not valid JSON."],
  [
    "an unknown element",
    policy({ ...allow, Actions: "s3:*" }),
    'Statement.0 has the unknown element "Actions".',
  ],
  [
    "an unknown element of the policy",
    JSON.stringify({ Version: "2012-10-17", Statement: allow, Extra: 1 }),
    'The policy has the unknown element "Extra".',
  ],
  [
    "another version",
    JSON.stringify({ Version: "2008-10-17", Statement: allow }),
    'Version: Invalid input: expected "2012-10-17".',
  ],
  [
    "no statement",
    JSON.stringify({ Version: "2012-10-17", Statement: [] }),
    "Statement: Too small: expected array to have >=1 items.",
  ],
  [
    "an unknown effect",
    policy({ ...allow, Effect: "Refuse" }),
    'Statement.0.Effect: Invalid option: expected one of "Allow"|"Deny".',
  ],
  [
    "neither action",
    policy({ Effect: "Allow", Resource: "*" }),
    "statement 1 has neither Action nor NotAction.",
  ],
  [
    "both resources",
    policy({ ...allow, NotResource: "*" }),
    "statement 1 has both Resource and NotResource.",
  ],
  [
    "a principal",
    policy({ ...allow, Principal: "*" }),
    "statement 1 has a Principal, which only a resource policy may have.",
  ],
  [
    "an action that is none",
    policy({ ...allow, Action: "GetObject" }),
    'statement 1 names the invalid action "GetObject".',
  ],
  [
    "a resource that is none",
    policy({ ...allow, Sid: "A", Resource: "media/*" }),
    'statement "A" names the invalid resource "media/*".',
  ],
  [
    "an unknown operator",
    policy({ ...allow, Condition: { StringIs: { "s3:prefix": "a" } } }),
    'statement 1 uses the unknown condition operator "StringIs".',
  ],
  [
    "an unknown variable",
    policy({ ...allow, Resource: "arn:aws:s3:::media/${aws:PrincipalTag/team}" }),
    'statement 1 uses the unknown policy variable "${aws:PrincipalTag/team}".',
  ],
])("an identity policy with %s is refused", (_what, text, message) => {
  expect(() => parsePolicy(text, "identity")).toThrow(message);
});

test.each<[string, object, string]>([
  ["no principal", allow, "statement 1 has neither Principal nor NotPrincipal."],
  [
    "an unknown principal type",
    { ...deny, Principal: { Service: "s3.amazonaws.com" } },
    'Statement.0.Principal has the unknown element "Service".',
  ],
  [
    "a principal with a wildcard",
    { ...deny, Principal: { AWS: "arn:aws:iam::100000000001:user/*" } },
    'statement 1 names the invalid principal "arn:aws:iam::100000000001:user/*".',
  ],
  [
    "an allowed NotPrincipal",
    { ...allow, NotPrincipal: { AWS: "100000000001" } },
    "statement 1 allows a NotPrincipal, which is not supported.",
  ],
])("a resource policy with %s is refused", (_what, statement, message) => {
  expect(() => parsePolicy(policy(statement), "resource")).toThrow(message);
});
