import { iamActions } from "../../../src/wasabi/iam/actions.ts";
import { TestIam, allowing } from "../support.ts";

const PolicyArn = "arn:aws:iam::100000000001:policy/p";

function withPolicy() {
  const iam = new TestIam(iamActions.values());
  iam.call("CreatePolicy", {
    PolicyName: "p",
    Description: "",
    PolicyDocument: allowing("s3:GetObject", "*"),
  });
  return iam;
}

test("a policy is created once, found and deleted", () => {
  const iam = withPolicy();
  expect(
    iam.errorOf("CreatePolicy", { PolicyName: "p", PolicyDocument: allowing("s3:*", "*") }),
  ).toBe("EntityAlreadyExists");
  expect(iam.call("GetPolicy", { PolicyArn })).toContain(
    "<DefaultVersionId>v1</DefaultVersionId><AttachmentCount>0</AttachmentCount>",
  );
  expect(iam.call("ListPolicies", { Scope: "Local" })).toContain(PolicyArn);
  iam.call("DeletePolicy", { PolicyArn });
  expect(iam.errorOf("GetPolicy", { PolicyArn })).toBe("NoSuchEntity");
});

test("a new version counts when it is made the default", () => {
  const iam = withPolicy();
  iam.call("CreatePolicyVersion", { PolicyArn, PolicyDocument: allowing("s3:PutObject", "*") });
  expect(iam.call("GetPolicy", { PolicyArn })).toContain("<DefaultVersionId>v1<");
  iam.call("SetDefaultPolicyVersion", { PolicyArn, VersionId: "v2" });
  expect(iam.call("GetPolicyVersion", { PolicyArn, VersionId: "v2" })).toContain(
    "<IsDefaultVersion>true<",
  );
  expect(iam.call("ListPolicyVersions", { PolicyArn }).match(/<VersionId>\w+/g)).toEqual([
    "<VersionId>v1",
    "<VersionId>v2",
  ]);
  expect(iam.errorOf("DeletePolicyVersion", { PolicyArn, VersionId: "v2" })).toBe("DeleteConflict");
  expect(iam.errorOf("DeletePolicy", { PolicyArn })).toBe("DeleteConflict");
  iam.call("DeletePolicyVersion", { PolicyArn, VersionId: "v1" });
  expect(iam.errorOf("GetPolicyVersion", { PolicyArn, VersionId: "v1" })).toBe("NoSuchEntity");
  expect(iam.errorOf("DeletePolicy", { PolicyArn })).toBeUndefined();
});

test("a policy has five versions at most, and their numbers are not used again", () => {
  const iam = withPolicy();
  const add = () =>
    iam.errorOf("CreatePolicyVersion", {
      PolicyArn,
      PolicyDocument: allowing("s3:PutObject", "*"),
      SetAsDefault: "true",
    });
  expect([add(), add(), add(), add(), add()]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    "LimitExceeded",
  ]);
  iam.call("DeletePolicyVersion", { PolicyArn, VersionId: "v1" });
  add();
  expect(iam.call("GetPolicy", { PolicyArn })).toContain("<DefaultVersionId>v6<");
});
