import { iamActions } from "../../../src/wasabi/iam/actions.ts";
import { TestIam, allowing } from "../support.ts";

function withHolders() {
  const iam = new TestIam(iamActions.values());
  iam.call("CreateUser", { UserName: "it" });
  iam.call("CreateGroup", { GroupName: "it" });
  return iam;
}

test.each(["User", "Group"])(
  "a %s's policy comes back as it was put, percent-encoded, and goes",
  (noun) => {
    const iam = withHolders();
    const holder = { [`${noun}Name`]: "it" };
    const text = allowing("s3:PutObject", "arn:aws:s3:::media/*");
    iam.call(`Put${noun}Policy`, { ...holder, PolicyName: "p", PolicyDocument: text });

    const got = iam.call(`Get${noun}Policy`, { ...holder, PolicyName: "p" });
    expect(decodeURIComponent(/<PolicyDocument>(.*)<\/PolicyDocument>/.exec(got)?.[1] ?? "")).toBe(
      text,
    );
    expect(iam.call(`List${noun}Policies`, holder)).toContain(
      "<PolicyNames><member>p</member></PolicyNames>",
    );
    iam.call(`Delete${noun}Policy`, { ...holder, PolicyName: "p" });
    expect(iam.errorOf(`Get${noun}Policy`, { ...holder, PolicyName: "p" })).toBe("NoSuchEntity");
    expect(iam.errorOf(`Delete${noun}Policy`, { ...holder, PolicyName: "p" })).toBe("NoSuchEntity");
  },
);

test("a malformed policy is refused with what is wrong, and the old one stays", () => {
  const iam = withHolders();
  const put = (PolicyDocument: string) => ({ UserName: "it", PolicyName: "p", PolicyDocument });
  iam.call("PutUserPolicy", put(allowing("s3:PutObject", "*")));
  expect(() => iam.call("PutUserPolicy", put(allowing("PutObject", "*")))).toThrow(
    expect.objectContaining({
      code: "MalformedPolicyDocument",
      message: 'statement 1 names the invalid action "PutObject".',
    }) as Error,
  );
  expect(iam.errorOf("GetUserPolicy", { UserName: "it", PolicyName: "p" })).toBeUndefined();
});

test("a policy of nobody is refused", () => {
  expect(withHolders().errorOf("ListUserPolicies", { UserName: "none" })).toBe("NoSuchEntity");
});
