import { iamActions } from "../../../src/wasabi/iam/actions.ts";
import { namedUserArn } from "../../../src/wasabi/iam/users.ts";
import { TestIam, adminKey, allowing } from "../support.ts";

const iamWith = (...names: string[]) => {
  const iam = new TestIam(iamActions.values());
  for (const UserName of names) iam.call("CreateUser", { UserName });
  return iam;
};

test("a user is created, found, renamed and deleted", () => {
  const iam = iamWith();
  expect(iam.call("CreateUser", { UserName: "up", Path: "/mam/" })).toContain(
    "<Arn>arn:aws:iam::100000000001:user/mam/up</Arn>",
  );
  const { id } = iam.account.users.get("up") ?? {};
  iam.call("UpdateUser", { UserName: "up", NewUserName: "down", NewPath: "/" });
  expect(iam.call("GetUser", { UserName: "down" })).toContain(
    `<UserName>down</UserName><UserId>${String(id)}</UserId><Arn>arn:aws:iam::100000000001:user/down</Arn>`,
  );
  expect(iam.errorOf("GetUser", { UserName: "up" })).toBe("NoSuchEntity");
  iam.call("DeleteUser", { UserName: "down" });
  expect(iam.errorOf("GetUser", { UserName: "down" })).toBe("NoSuchEntity");
});

test("names are unique, whatever their case", () => {
  const iam = iamWith("up", "down");
  expect(iam.errorOf("CreateUser", { UserName: "UP" })).toBe("EntityAlreadyExists");
  expect(iam.errorOf("UpdateUser", { UserName: "up", NewUserName: "Down" })).toBe(
    "EntityAlreadyExists",
  );
  expect(iam.errorOf("UpdateUser", { UserName: "up", NewUserName: "Up" })).toBeUndefined();
});

test("a user without a name is the caller", () => {
  const iam = iamWith();
  expect(iam.errorOf("GetUser")).toBe("ValidationError");
  iam.caller = adminKey.accessKeyId;
  expect(iam.call("GetUser")).toContain("<UserName>terraform</UserName>");
});

test("tags are no parameter: Wasabi has none", () => {
  expect(
    iamWith().errorOf("CreateUser", {
      UserName: "up",
      "Tags.member.1.Key": "a",
      "Tags.member.1.Value": "b",
    }),
  ).toBe("NotImplemented");
});

test.each([
  ["access keys", "CreateAccessKey", { UserName: "up" }],
  [
    "policies",
    "PutUserPolicy",
    { UserName: "up", PolicyName: "p", PolicyDocument: allowing("s3:GetObject", "*") },
  ],
  ["group memberships", "AddUserToGroup", { UserName: "up", GroupName: "team" }],
  [
    "attached policies",
    "AttachUserPolicy",
    { UserName: "up", PolicyArn: "arn:aws:iam::100000000001:policy/p" },
  ],
])("a user with %s cannot be deleted", (_what, action, parameters) => {
  const iam = iamWith("up");
  iam.call("CreateGroup", { GroupName: "team" });
  iam.call("CreatePolicy", { PolicyName: "p", PolicyDocument: allowing("s3:GetObject", "*") });
  iam.call(action, parameters);
  expect(iam.errorOf("DeleteUser", { UserName: "up" })).toBe("DeleteConflict");
});

test("users are listed by path, groups by user", () => {
  const iam = iamWith("a");
  iam.call("CreateUser", { UserName: "b", Path: "/mam/" });
  expect(iam.call("ListUsers", { PathPrefix: "/mam/" }).match(/<UserName>/g)).toHaveLength(1);
  expect(iam.call("ListGroupsForUser", { UserName: "a" })).toContain("<Groups></Groups>");
  iam.call("CreateGroup", { GroupName: "team" });
  iam.call("AddUserToGroup", { UserName: "a", GroupName: "team" });
  expect(iam.call("ListGroupsForUser", { UserName: "a" })).toContain("<GroupName>team</GroupName>");
});

test("a permission is asked for on the user's ARN, whether he exists or not", () => {
  const iam = iamWith();
  iam.call("CreateUser", { UserName: "up", Path: "/mam/" });
  expect(iam.resource("GetUser", { UserName: "up" })).toBe("arn:aws:iam::100000000001:user/mam/up");
  expect(iam.resource("CreateUser", { UserName: "new", Path: "/mam/" })).toBe(
    "arn:aws:iam::100000000001:user/mam/new",
  );
  const [key] = iam.account.rootKeys.values();
  const call = key && { account: iam.account, caller: { key, user: undefined }, now: new Date(0) };
  expect(call && namedUserArn("none", call)).toBe("arn:aws:iam::100000000001:user/none");
});
