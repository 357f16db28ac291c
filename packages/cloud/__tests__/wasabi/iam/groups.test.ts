import { iamActions } from "../../../src/wasabi/iam/actions.ts";
import { TestIam } from "../support.ts";

function withGroup() {
  const iam = new TestIam(iamActions.values());
  iam.call("CreateUser", { UserName: "up" });
  iam.call("CreateGroup", { GroupName: "team" });
  return iam;
}

test("users come into a group and leave it", () => {
  const iam = withGroup();
  iam.call("AddUserToGroup", { GroupName: "team", UserName: "up" });
  expect(iam.call("GetGroup", { GroupName: "team" })).toContain("<UserName>up</UserName>");
  expect(iam.errorOf("DeleteGroup", { GroupName: "team" })).toBe("DeleteConflict");
  iam.call("RemoveUserFromGroup", { GroupName: "team", UserName: "up" });
  expect(iam.errorOf("DeleteGroup", { GroupName: "team" })).toBeUndefined();
  expect(iam.errorOf("GetGroup", { GroupName: "team" })).toBe("NoSuchEntity");
});

test("names are unique, and both sides of a membership must exist", () => {
  const iam = withGroup();
  expect(iam.errorOf("CreateGroup", { GroupName: "TEAM" })).toBe("EntityAlreadyExists");
  expect(iam.errorOf("AddUserToGroup", { GroupName: "none", UserName: "up" })).toBe("NoSuchEntity");
  expect(iam.errorOf("AddUserToGroup", { GroupName: "team", UserName: "none" })).toBe(
    "NoSuchEntity",
  );
});

test("groups are listed by path", () => {
  const iam = withGroup();
  iam.call("CreateGroup", { GroupName: "other", Path: "/mam/" });
  expect(iam.call("ListGroups", { PathPrefix: "/mam/" }).match(/<GroupName>\w+/g)).toEqual([
    "<GroupName>other",
  ]);
  expect(iam.resource("GetGroup", { GroupName: "other" })).toBe(
    "arn:aws:iam::100000000001:group/mam/other",
  );
});
