import { parsePolicy, publicGrants, weaknesses } from "../../../operations/gate/policy.ts";

const arn = "arn:aws:s3:::masters/*";
const deny = { Sid: "No", Effect: "Deny", Principal: "*", Action: ["s3:*"], Resource: [arn] };
const allow = { Sid: "Yes", Effect: "Allow", Action: ["s3:GetObject"], Resource: [arn] };

const policy = (...Statement: object[]) => parsePolicy(JSON.stringify({ Statement }));

test.each<[what: string, reference: object, planned: object]>([
  ["the same refusal", deny, deny],
  ["a refusal with more actions", { ...deny, Action: ["s3:GetObject"] }, deny],
  ["a refusal for everybody", { ...deny, Principal: { AWS: ["arn:a"] } }, deny],
  [
    "a refusal for more users",
    { ...deny, Principal: { AWS: "arn:a" } },
    { ...deny, Principal: { AWS: ["arn:b", "arn:a"] } },
  ],
  ["a refusal without its condition", { ...deny, Condition: { Bool: { a: "b" } } }, deny],
  ["the same grant", allow, allow],
  ["a grant with fewer actions", { ...allow, Action: ["s3:GetObject", "s3:PutObject"] }, allow],
  ["a grant with a condition", allow, { ...allow, Condition: { Bool: { a: "b" } } }],
  ["text for a list of one", { ...allow, Action: "s3:GetObject" }, allow],
])("%s is no weakness", (_, reference, planned) => {
  expect(weaknesses(policy(planned), policy(reference))).toEqual([]);
});

test.each<[what: string, reference: object, planned: object, weakness: string]>([
  [
    "a refusal of fewer actions",
    deny,
    { ...deny, Action: ["s3:PutObject"] },
    "No is refused no more, or less of it",
  ],
  [
    "a refusal of other objects",
    deny,
    { ...deny, Resource: ["arn:aws:s3:::masters/a/*"] },
    "No is refused no more, or less of it",
  ],
  [
    "a refusal for one user",
    deny,
    { ...deny, Principal: { AWS: ["arn:a"] } },
    "No is refused no more, or less of it",
  ],
  [
    "a refusal under a condition",
    deny,
    { ...deny, Condition: { Bool: { a: "b" } } },
    "No is refused no more, or less of it",
  ],
  [
    "a refusal turned around",
    deny,
    { ...deny, Action: undefined, NotAction: ["s3:GetObject"] },
    "No is refused no more, or less of it",
  ],
  [
    "a grant of more actions",
    allow,
    { ...allow, Action: ["s3:GetObject", "s3:DeleteObject"] },
    "Yes allows more: s3:GetObject, s3:DeleteObject",
  ],
  ["a grant of all actions", allow, { ...allow, Action: "s3:*" }, "Yes allows more: s3:*"],
  [
    "a grant of more objects",
    allow,
    { ...allow, Resource: ["*"] },
    "Yes allows more: s3:GetObject",
  ],
  [
    "a grant without its condition",
    { ...allow, Condition: { Bool: { a: "b" } } },
    allow,
    "Yes allows more: s3:GetObject",
  ],
  [
    "a grant of everything but",
    allow,
    { ...allow, Action: undefined, NotAction: ["s3:PutObject"] },
    "Yes allows more: ",
  ],
])("%s is a weakness", (_, reference, planned, weakness) => {
  expect(weaknesses(policy(planned), policy(reference))).toEqual([weakness]);
});

test("a refusal that is gone, and a grant that is new, are weaknesses", () => {
  expect(weaknesses(policy(allow), policy(deny))).toEqual([
    "No is refused no more, or less of it",
    "Yes allows more: s3:GetObject",
  ]);
});

test.each<[principal: unknown, grants: string[]]>([
  ["*", ["Yes allows everybody s3:GetObject"]],
  [{ AWS: "*" }, ["Yes allows everybody s3:GetObject"]],
  [{ AWS: ["arn:a", "*"] }, ["Yes allows everybody s3:GetObject"]],
  [{ AWS: ["arn:a"] }, []],
])("a grant to %j", (Principal, grants) => {
  expect(publicGrants(policy({ ...allow, Principal }))).toEqual(grants);
  expect(publicGrants(policy({ ...deny, Principal }))).toEqual([]);
});

test("what is no policy cannot be judged", () => {
  expect(() => parsePolicy("{}")).toThrow();
});
