import fc from "fast-check";

import { readStatements } from "../../../operations/doctor/policy-document.ts";
import { decideAccess } from "../../../operations/doctor/access-decision.ts";
import { evaluateAccess, parsePolicy } from "@mam-infra/cloud/wasabi/policy-evaluation";

const caller = "arn:aws:iam::100000000001:user/crew/ada";
const bucket = "arn:aws:s3:::northlight-masters";

const document = (statements: readonly object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

function decided(statements: readonly object[], unread: readonly string[] = []) {
  const read = [{ name: "the policy one", statements: readStatements(document(statements)) ?? [] }];
  return decideAccess({ caller, action: "s3:CreateBucket", resource: bucket }, { read, unread });
}

const allow = { Effect: "Allow", Action: "s3:CreateBucket", Resource: bucket };
const deny = { ...allow, Sid: "Stop", Effect: "Deny" };
const onlyAtHome = { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } };

test.each([
  ["silence refuses", [], "refused", "no policy allows it"],
  ["an Allow suffices", [allow], "allowed", "allowed by the policy one, statement 1"],
  ["a Deny beats an Allow", [allow, deny], "refused", "denied by the policy one, Stop"],
  [
    "lists and patterns are read",
    [{ ...allow, Action: ["s3:Get*", "S3:Create?ucket"] }],
    "allowed",
  ],
  [
    "a resource is compared with regard to case",
    [{ ...allow, Resource: bucket.toUpperCase() }],
    "refused",
  ],
  ["a dot is a dot", [{ ...allow, Resource: bucket.replace("-", ".") }], "refused"],
  [
    "the caller's name is put in",
    [{ ...allow, NotResource: "arn:aws:s3:::${aws:username}-*", Resource: undefined }],
    "allowed",
  ],
  [
    "an Allow of everything else does not count",
    [{ Effect: "Allow", NotAction: "s3:*", Resource: "*" }],
    "refused",
  ],
  [
    "a Deny of everything but this leaves it",
    [allow, { Effect: "Deny", Action: "*", NotResource: bucket }],
    "allowed",
  ],
  [
    "an Allow under a condition decides nothing",
    [{ ...allow, Condition: onlyAtHome }],
    "undecided",
    "the policy one, statement 1 depends on the request",
  ],
  [
    "a Deny under a condition decides nothing",
    [allow, { ...deny, Condition: onlyAtHome }],
    "undecided",
    "the policy one, Stop depends on the request",
  ],
  [
    "a condition beside an Allow without one changes nothing",
    [{ ...allow, Condition: onlyAtHome }, allow],
    "allowed",
  ],
  [
    "a variable of the request decides nothing",
    [{ ...allow, Resource: "arn:aws:s3:::${s3:prefix}" }],
    "undecided",
  ],
] as const)("%s", (_, statements, outcome, because: string = expect.any(String)) => {
  expect(decided(statements)).toEqual({ outcome, because });
});

test("what cannot be read may deny what the rest allows, and cannot allow what the rest denies", () => {
  const unread = ["the policy two cannot be read: AccessDenied"];

  expect(decided([allow], unread)).toEqual({ outcome: "undecided", because: unread[0] });
  expect(decided([], unread)).toMatchObject({ outcome: "undecided" });
  expect(decided([allow, deny], unread)).toMatchObject({ outcome: "refused" });
});

test("a policy is read as it stands and percent-encoded; what is not understood is not read", () => {
  const text = document([allow]);

  expect(readStatements(text)).toEqual([{ ...allow, Action: [allow.Action], Resource: [bucket] }]);
  expect(readStatements(encodeURIComponent(text))).toEqual(readStatements(text));
  expect(readStatements(document([{ ...allow, Unless: "tired" }]))).toBeUndefined();
  expect(readStatements("%7Bnot json")).toBeUndefined();
  expect(readStatements("100 %")).toBeUndefined();
});

test("whatever the statements, what the cloud decides is what is decided", () => {
  const pattern = (texts: readonly string[]) => fc.constantFrom(...texts, "*");
  const actions = pattern(["s3:CreateBucket", "s3:*", "s3:Create?ucket", "iam:*", "S3:CREATE*"]);
  const resources = pattern([
    bucket,
    "arn:aws:s3:::*",
    "arn:aws:s3:::north*ers",
    "arn:aws:s3:::${aws:username}-*",
    "arn:aws:s3:::northlight-master?",
    "arn:aws:iam::*",
  ]);
  const statement = fc
    .record({
      effect: fc.constantFrom("Allow", "Deny"),
      action: fc.constantFrom("Action", "NotAction"),
      actions: fc.array(actions, { minLength: 1, maxLength: 3 }),
      resource: fc.constantFrom("Resource", "NotResource"),
      resources: fc.array(resources, { minLength: 1, maxLength: 3 }),
    })
    .map(({ effect, ...one }) => ({
      Effect: effect,
      [one.action]: one.actions,
      [one.resource]: one.resources,
    }));

  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 4 }), (statements) => {
      const decision = evaluateAccess(
        {
          principal: { kind: "user", arn: caller },
          action: "s3:CreateBucket",
          resource: bucket,
          context: {},
        },
        { identity: [parsePolicy(document(statements), "identity")] },
      );
      expect(decided(statements).outcome === "allowed").toBe(decision.outcome === "allowed");
    }),
  );
});
