import {
  normalJson,
  normalPolicy,
  samePolicy,
  storedUnlessDifferent,
} from "../../../src/resources/aws/policy.ts";

const policy = (statement: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const statement = { Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::a/*" };
const { Resource, ...rest } = statement;

test.each([
  ["one text for a list of one", { ...statement, Action: "s3:GetObject" }],
  ["a list of one for one text", { ...statement, Resource: ["arn:aws:s3:::a/*"] }],
  ["members in another order", { Resource, ...rest }],
])("%s is the same policy", (_, other) => {
  expect(samePolicy(policy(statement), policy(other))).toBe(true);
});

test.each([
  ["another action", { ...statement, Action: "s3:PutObject" }],
  ["another effect", { ...statement, Effect: "Deny" }],
  ["a condition", { ...statement, Condition: { Bool: { "aws:SecureTransport": "false" } } }],
])("%s is another policy", (_, other) => {
  expect(samePolicy(policy(statement), policy(other))).toBe(false);
});

test("everybody, and everybody of AWS, are two principals to the provider", () => {
  const of = (Principal: unknown) => policy({ ...statement, Principal });

  expect(samePolicy(of("*"), of({ AWS: "*" }))).toBe(false);
  expect(samePolicy(of("*"), of("*"))).toBe(true);
});

test("an account and its root user are one principal", () => {
  const of = (AWS: string) => policy({ ...statement, Principal: { AWS } });

  expect(samePolicy(of("100000000001"), of("arn:aws:iam::100000000001:root"))).toBe(true);
});

test("no policy is none, however it is written, and equal to no other", () => {
  expect(samePolicy("{}", "")).toBe(true);
  expect(samePolicy("", policy(statement))).toBe(false);
  expect(samePolicy("no JSON", policy(statement))).toBe(false);
});

test("a policy is stored with its version first, other JSON in order, both as Go writes them", () => {
  expect(normalPolicy('{ "Statement": [], "Id": "<a>", "Version": "2012-10-17" }')).toBe(
    '{"Version":"2012-10-17","Id":"\\u003ca\\u003e","Statement":[]}',
  );
  expect(normalJson('{"b": 1, "a": "x & y"}')).toBe('{"a":"x \\u0026 y","b":1}');
});

test("what is stored stays as it is written, until the platform has another policy", () => {
  const [stored, same] = [policy(statement), policy({ ...statement, Action: "s3:GetObject" })];

  expect(storedUnlessDifferent(stored, same)).toBe(stored);
  expect(storedUnlessDifferent(stored, "{}")).toBe("{}");
});
