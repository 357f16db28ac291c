import { iamActions } from "../../../src/wasabi/iam/actions.ts";
import { TestIam, allowing } from "../support.ts";

const PolicyArn = "arn:aws:iam::100000000001:policy/p";

test.each(["User", "Group"])("a policy is attached to a %s and detached again", (noun) => {
  const iam = new TestIam(iamActions.values());
  iam.call("CreatePolicy", { PolicyName: "p", PolicyDocument: allowing("s3:GetObject", "*") });
  iam.call(`Create${noun}`, { [`${noun}Name`]: "it" });
  const holder = { [`${noun}Name`]: "it" };

  iam.call(`Attach${noun}Policy`, { ...holder, PolicyArn });
  expect(iam.call(`ListAttached${noun}Policies`, holder)).toContain(
    `<PolicyName>p</PolicyName><PolicyArn>${PolicyArn}</PolicyArn>`,
  );
  expect(iam.call("GetPolicy", { PolicyArn })).toContain("<AttachmentCount>1<");
  expect(iam.errorOf("DeletePolicy", { PolicyArn })).toBe("DeleteConflict");
  iam.call(`Detach${noun}Policy`, { ...holder, PolicyArn });
  expect(iam.errorOf(`Detach${noun}Policy`, { ...holder, PolicyArn })).toBe("NoSuchEntity");
  expect(iam.errorOf(`Attach${noun}Policy`, { ...holder, PolicyArn: `${PolicyArn}-none` })).toBe(
    "NoSuchEntity",
  );
});
