import fc from "fast-check";

import {
  type AccessRequest,
  type PolicyDocument,
  evaluateAccess,
  parsePolicy,
} from "../../src/wasabi/policy-evaluation.ts";

const account = "100000000001";
const arn = (name: string) => `arn:aws:iam::${account}:user/${name}`;
const user = (name: string) => ({ kind: "user", arn: arn(name) }) as const;
const root = { kind: "root", arn: `arn:aws:iam::${account}:root` } as const;
const anonymous = { kind: "anonymous" } as const;

const identity = (...statements: object[]) =>
  parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }), "identity");
const resource = (...statements: object[]) =>
  parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }), "resource");

const readMedia = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::media/*" };
const denyAll = {
  Effect: "Deny",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::media", "arn:aws:s3:::media/*"],
};
const read: AccessRequest = {
  principal: user("reader"),
  action: "s3:GetObject",
  resource: "arn:aws:s3:::media/a/b.mp4",
  context: { "aws:SecureTransport": "true" },
};

test("silence refuses", () => {
  expect(evaluateAccess(read, { identity: [] })).toEqual({ outcome: "implicitly-denied" });
});

test("an Allow in the user's policy suffices, and is named", () => {
  const policies = { identity: [identity({ ...readMedia, Sid: "Read" })] };
  expect(evaluateAccess(read, policies)).toEqual({
    outcome: "allowed",
    statement: 'identity policy 1, statement "Read"',
  });
});

test("an Allow in the bucket's policy suffices", () => {
  const policies = {
    identity: [],
    resource: resource({ ...readMedia, Principal: { AWS: arn("reader") } }),
  };
  expect(evaluateAccess(read, policies)).toEqual({
    outcome: "allowed",
    statement: "resource policy, statement 1",
  });
});

test("a Deny beats an Allow, whichever policy holds it", () => {
  const allowed = identity(readMedia);
  const deny = { ...denyAll, Sid: "Stop" };
  expect(evaluateAccess(read, { identity: [allowed, identity(deny)] })).toEqual({
    outcome: "explicitly-denied",
    statement: 'identity policy 2, statement "Stop"',
  });
  expect(
    evaluateAccess(read, { identity: [allowed], resource: resource({ ...deny, Principal: "*" }) }),
  ).toEqual({ outcome: "explicitly-denied", statement: 'resource policy, statement "Stop"' });
});

test("action names are case-insensitive, resources are not", () => {
  const policies = { identity: [identity({ ...readMedia, Action: "S3:GETobject" })] };
  expect(evaluateAccess(read, policies).outcome).toBe("allowed");
  const elsewhere = { ...read, resource: "arn:aws:s3:::Media/a" };
  expect(evaluateAccess(elsewhere, policies).outcome).toBe("implicitly-denied");
});

test("NotAction and NotResource are about everything but what they list", () => {
  const policies = {
    identity: [
      identity({
        Effect: "Allow",
        NotAction: "s3:Delete*",
        NotResource: "arn:aws:s3:::media/secret/*",
      }),
    ],
  };
  expect(evaluateAccess(read, policies).outcome).toBe("allowed");
  expect(evaluateAccess({ ...read, action: "s3:DeleteObject" }, policies).outcome).toBe(
    "implicitly-denied",
  );
  expect(
    evaluateAccess({ ...read, resource: "arn:aws:s3:::media/secret/x" }, policies).outcome,
  ).toBe("implicitly-denied");
});

test("a bucket policy can deny plain HTTP and leave HTTPS alone", () => {
  const policies = {
    identity: [identity(readMedia)],
    resource: resource({
      ...denyAll,
      Principal: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  };
  expect(evaluateAccess(read, policies).outcome).toBe("allowed");
  const plain = { ...read, context: { "aws:SecureTransport": "false" } };
  expect(evaluateAccess(plain, policies).outcome).toBe("explicitly-denied");
});

test("all operators and keys of a Condition must hold", () => {
  const policies = {
    identity: [
      identity({
        ...readMedia,
        Condition: {
          Bool: { "aws:SecureTransport": "true" },
          StringEquals: { "aws:username": "reader", "s3:x-amz-acl": "private" },
        },
      }),
    ],
  };
  expect(evaluateAccess(read, policies).outcome).toBe("implicitly-denied");
  const complete = { ...read, context: { ...read.context, "s3:x-amz-acl": "private" } };
  expect(evaluateAccess(complete, policies).outcome).toBe("allowed");
});

test("${aws:username} opens a user's own prefix only", () => {
  const policies = {
    identity: [identity({ ...readMedia, Resource: "arn:aws:s3:::media/${aws:username}/*" })],
  };
  expect(
    evaluateAccess({ ...read, resource: "arn:aws:s3:::media/reader/x" }, policies).outcome,
  ).toBe("allowed");
  expect(
    evaluateAccess({ ...read, resource: "arn:aws:s3:::media/other/x" }, policies).outcome,
  ).toBe("implicitly-denied");
});

test("the account in a Deny is everybody in it; in an Allow it gives its users nothing", () => {
  const allowed = [identity(readMedia)];
  const denied = resource({ ...denyAll, Principal: { AWS: account } });
  expect(evaluateAccess(read, { identity: allowed, resource: denied }).outcome).toBe(
    "explicitly-denied",
  );
  const stranger = {
    ...read,
    principal: { kind: "user", arn: "arn:aws:iam::200000000002:user/x" },
  } as const;
  expect(evaluateAccess(stranger, { identity: allowed, resource: denied }).outcome).toBe("allowed");
  const delegated = resource({ ...readMedia, Principal: { AWS: root.arn } });
  expect(evaluateAccess(read, { identity: [], resource: delegated }).outcome).toBe(
    "implicitly-denied",
  );
});

test("NotPrincipal denies everybody but whom it lists", () => {
  const policies = (name: string) => ({
    identity: [identity(readMedia)],
    resource: resource({ ...denyAll, NotPrincipal: { AWS: arn(name) } }),
  });
  expect(evaluateAccess(read, policies("reader")).outcome).toBe("allowed");
  expect(evaluateAccess(read, policies("other")).outcome).toBe("explicitly-denied");
});

test("the anonymous get what is allowed to everybody, and nothing else", () => {
  const stranger = { ...read, principal: anonymous };
  const open = resource({ ...readMedia, Principal: "*" });
  expect(evaluateAccess(stranger, { identity: [], resource: open }).outcome).toBe("allowed");
  const named = resource({ ...readMedia, Principal: { AWS: [account, arn("reader")] } });
  expect(evaluateAccess(stranger, { identity: [], resource: named }).outcome).toBe(
    "implicitly-denied",
  );
});

test("root needs no Allow, is bound by a Deny, and can still mend the policy", () => {
  const policies = { identity: [], resource: resource({ ...denyAll, Principal: "*" }) };
  const asRoot = { ...read, principal: root };
  expect(evaluateAccess(asRoot, { identity: [] })).toEqual({ outcome: "allowed" });
  expect(evaluateAccess(asRoot, policies).outcome).toBe("explicitly-denied");
  for (const action of ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"]) {
    const mend = { ...asRoot, action, resource: "arn:aws:s3:::media" };
    expect(evaluateAccess(mend, policies).outcome).toBe("allowed");
    expect(evaluateAccess({ ...mend, principal: user("reader") }, policies).outcome).toBe(
      "explicitly-denied",
    );
  }
});

test("an Allow that names other users shuts a user out, whatever his own policies allow", () => {
  const named = { ...readMedia, Sid: "Team", Principal: { AWS: arn("other") } };
  const policies = { identity: [identity(readMedia)], resource: resource(named) };
  expect(evaluateAccess(read, policies)).toEqual({
    outcome: "implicitly-denied",
    statement: 'resource policy, statement "Team"',
  });
  expect(evaluateAccess({ ...read, principal: root }, policies).outcome).toBe("allowed");
  const both = resource(named, {
    ...readMedia,
    Action: "s3:ListBucket",
    Resource: "arn:aws:s3:::media",
    Principal: { AWS: arn("reader") },
  });
  expect(evaluateAccess(read, { ...policies, resource: both }).outcome).toBe("allowed");
});

test("a bucket policy that only denies shuts nobody out", () => {
  const policies = {
    identity: [identity(readMedia)],
    resource: resource({ ...denyAll, Principal: { AWS: arn("other") } }),
  };
  expect(evaluateAccess(read, policies).outcome).toBe("allowed");
});

const patterns = fc.constantFrom("s3:*", "s3:Get*", "s3:GetObject", "s3:PutObject", "*");
const resources = fc.constantFrom(
  "*",
  "arn:aws:s3:::media/*",
  "arn:aws:s3:::media",
  "arn:aws:s3:::media/a?",
);
const conditions = fc.constantFrom(
  undefined,
  { Bool: { "aws:SecureTransport": "false" } },
  { Null: { "s3:prefix": "true" } },
);
const statement = (effect: fc.Arbitrary<string>, principals?: fc.Arbitrary<unknown>) =>
  fc.record(
    {
      Effect: effect,
      Action: patterns,
      Resource: resources,
      Condition: conditions,
      ...(principals && { Principal: principals }),
    },
    { noNullPrototype: true },
  );
const principals = fc.constantFrom<unknown>("*", { AWS: arn("a") }, { AWS: [arn("b"), account] });
const effects = fc.constantFrom("Allow", "Deny");
const requests = fc.record({
  principal: fc.constantFrom(user("a"), user("b"), root, anonymous),
  action: fc.constantFrom("s3:GetObject", "s3:PutObject", "s3:GetBucketPolicy"),
  resource: fc.constantFrom("arn:aws:s3:::media", "arn:aws:s3:::media/ab", "arn:aws:s3:::other/x"),
  context: fc.constantFrom<Record<string, string>>(
    { "aws:SecureTransport": "true" },
    { "aws:SecureTransport": "false", "s3:prefix": "a" },
  ),
});

test("adding a Deny never turns refused into allowed", () => {
  fc.assert(
    fc.property(
      requests,
      fc.array(statement(effects), { maxLength: 4 }),
      fc.array(statement(effects, principals), { minLength: 1, maxLength: 4 }),
      statement(fc.constant("Deny"), principals),
      (request, own, bucket, deny) => {
        const before: { identity: PolicyDocument[]; resource: PolicyDocument } = {
          identity: own.length > 0 ? [identity(...own)] : [],
          resource: resource(...bucket),
        };
        const after = { ...before, resource: resource(...bucket, deny) };
        if (evaluateAccess(request, before).outcome !== "allowed") {
          expect(evaluateAccess(request, after).outcome).not.toBe("allowed");
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test("adding an Allow to a user's policy never takes anything away", () => {
  fc.assert(
    fc.property(
      requests,
      fc.array(statement(effects), { minLength: 1, maxLength: 4 }),
      statement(fc.constant("Allow")),
      (request, own, allow) => {
        const before = evaluateAccess(request, { identity: [identity(...own)] }).outcome;
        const after = evaluateAccess(request, { identity: [identity(...own, allow)] }).outcome;
        expect([before, after]).not.toEqual(["allowed", expect.not.stringMatching("^allowed$")]);
      },
    ),
  );
});
