import {
  accessKey,
  activeSecret,
  findKeyOwner,
  groupArn,
  groupsOf,
  newAccessKey,
  newId,
  policyArn,
  policyTextsOf,
  rootArn,
  userArn,
} from "../../src/wasabi/account.ts";
import { iamActions } from "../../src/wasabi/iam/actions.ts";
import { TestIam, adminKey, allowing, rootKey } from "./support.ts";

const now = new Date(0);

test("ids and keys have the form that IAM's have", () => {
  expect(newId("AIDA")).toMatch(/^AIDA[A-Z2-7]{16}$/);
  expect(newAccessKey(now)).toMatchObject({ status: "Active" });
  expect(newAccessKey(now).secretAccessKey).toHaveLength(40);
  expect(newAccessKey(now).accessKeyId).not.toBe(newAccessKey(now).accessKeyId);
});

test("ARNs look like AWS's", () => {
  const { account } = new TestIam([]);
  expect(rootArn(account)).toBe("arn:aws:iam::100000000001:root");
  expect(userArn(account, { path: "/mam/", name: "up" })).toBe(
    "arn:aws:iam::100000000001:user/mam/up",
  );
  expect(groupArn(account, { path: "/", name: "g" })).toBe("arn:aws:iam::100000000001:group/g");
  expect(policyArn(account, { path: "/", name: "p" })).toBe("arn:aws:iam::100000000001:policy/p");
});

test("a key leads to its owner, and to its secret while it is active", () => {
  const { account } = new TestIam([]);
  expect(findKeyOwner(account, rootKey.accessKeyId)?.user).toBeUndefined();
  expect(findKeyOwner(account, adminKey.accessKeyId)?.user?.name).toBe("terraform");
  expect(findKeyOwner(account, "none")).toBeUndefined();
  expect(activeSecret(account, adminKey.accessKeyId)).toBe("admin-secret");
  const owner = findKeyOwner(account, adminKey.accessKeyId);
  if (owner) owner.key.status = "Inactive";
  expect(activeSecret(account, adminKey.accessKeyId)).toBeUndefined();
  expect(accessKey("a", "b", now)).toMatchObject({ accessKeyId: "a", secretAccessKey: "b" });
});

test("a user has the policies of his own, those attached to him, and those of his groups", () => {
  const iam = new TestIam(iamActions.values());
  const documents = ["a", "b", "c", "d"].map((key) =>
    allowing("s3:GetObject", `arn:aws:s3:::media/${key}`),
  );
  const [own = "", attached = "", grouped = "", groupAttached = ""] = documents;
  const policy = (name: string, PolicyDocument: string) => {
    iam.call("CreatePolicy", { PolicyName: name, PolicyDocument });
    return `arn:aws:iam::100000000001:policy/${name}`;
  };
  iam.call("CreateUser", { UserName: "up" });
  iam.call("CreateGroup", { GroupName: "team" });
  iam.call("AddUserToGroup", { GroupName: "team", UserName: "up" });
  iam.call("PutUserPolicy", { UserName: "up", PolicyName: "own", PolicyDocument: own });
  iam.call("AttachUserPolicy", { UserName: "up", PolicyArn: policy("one", attached) });
  iam.call("PutGroupPolicy", { GroupName: "team", PolicyName: "g", PolicyDocument: grouped });
  iam.call("AttachGroupPolicy", { GroupName: "team", PolicyArn: policy("two", groupAttached) });
  const user = iam.account.users.get("up");

  expect(user && policyTextsOf(iam.account, user)).toEqual(documents);
  expect(user && groupsOf(iam.account, user).map(({ name }) => name)).toEqual(["team"]);
});
