import { activeSecret } from "../../../src/wasabi/account.ts";
import { iamActions } from "../../../src/wasabi/iam/actions.ts";
import { TestIam, adminKey, rootKey } from "../support.ts";

function withUser() {
  const iam = new TestIam(iamActions.values());
  iam.call("CreateUser", { UserName: "up" });
  const create = () =>
    /<AccessKeyId>(\w+)</.exec(iam.call("CreateAccessKey", { UserName: "up" }))?.[1] ?? "";
  return { iam, create };
}

test("a user has two keys at most: one in use, one to change to", () => {
  const { iam, create } = withUser();
  const keys = [create(), create()];
  expect(iam.errorOf("CreateAccessKey", { UserName: "up" })).toBe("LimitExceeded");
  expect(iam.call("ListAccessKeys", { UserName: "up" }).match(/<AccessKeyId>\w+/g)).toEqual(
    keys.map((key) => `<AccessKeyId>${key}`),
  );
  iam.call("DeleteAccessKey", { UserName: "up", AccessKeyId: keys[0] ?? "" });
  expect(iam.errorOf("CreateAccessKey", { UserName: "up" })).toBeUndefined();
});

test("the secret is told once, when the key is created", () => {
  const { iam, create } = withUser();
  const key = create();
  const secret = activeSecret(iam.account, key) ?? "?";
  expect(iam.call("ListAccessKeys", { UserName: "up" })).not.toContain(secret);
});

test("an inactive key opens nothing until it is active again", () => {
  const { iam, create } = withUser();
  const AccessKeyId = create();
  iam.call("UpdateAccessKey", { UserName: "up", AccessKeyId, Status: "Inactive" });
  expect(activeSecret(iam.account, AccessKeyId)).toBeUndefined();
  expect(iam.call("ListAccessKeys", { UserName: "up" })).toContain("<Status>Inactive</Status>");
  iam.call("UpdateAccessKey", { UserName: "up", AccessKeyId, Status: "Active" });
  expect(activeSecret(iam.account, AccessKeyId)).toBeDefined();
});

test("a key of somebody else is not found", () => {
  const { iam } = withUser();
  expect(
    iam.errorOf("DeleteAccessKey", { UserName: "up", AccessKeyId: adminKey.accessKeyId }),
  ).toBe("NoSuchEntity");
  expect(
    iam.errorOf("UpdateAccessKey", {
      UserName: "up",
      AccessKeyId: adminKey.accessKeyId,
      Status: "Inactive",
    }),
  ).toBe("NoSuchEntity");
});

test("without a name the keys are the caller's own, root's included", () => {
  const { iam } = withUser();
  expect(iam.call("ListAccessKeys")).toContain(rootKey.accessKeyId);
  iam.caller = adminKey.accessKeyId;
  expect(iam.call("ListAccessKeys")).toContain(adminKey.accessKeyId);
});

test("whoever rotates keys can ask when one was used last", () => {
  const { iam, create } = withUser();
  const AccessKeyId = create();
  expect(iam.call("GetAccessKeyLastUsed", { AccessKeyId })).toContain(
    "<ServiceName>N/A</ServiceName>",
  );
  const key = iam.account.users.get("up")?.accessKeys.get(AccessKeyId);
  if (key)
    key.lastUsed = { at: new Date("2026-01-01T00:00:00Z"), service: "s3", region: "eu-central-2" };
  expect(iam.call("GetAccessKeyLastUsed", { AccessKeyId })).toContain(
    "<LastUsedDate>2026-01-01T00:00:00.000Z</LastUsedDate><ServiceName>s3</ServiceName><Region>eu-central-2</Region>",
  );
});
