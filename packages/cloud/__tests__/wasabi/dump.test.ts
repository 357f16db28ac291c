import { canonical } from "../../src/canonical.ts";
import { createS3Store } from "../../src/s3/store.ts";
import { dumpWasabi, generatedIds } from "../../src/wasabi/dump.ts";
import { iamActions } from "../../src/wasabi/iam/actions.ts";
import { TestIam, allowing } from "./support.ts";

function dump() {
  const iam = new TestIam(iamActions.values());
  iam.call("CreateUser", { UserName: "up" });
  const secret =
    /<SecretAccessKey>(.*?)</.exec(iam.call("CreateAccessKey", { UserName: "up" }))?.[1] ?? "";
  iam.call("CreateGroup", { GroupName: "team" });
  iam.call("AddUserToGroup", { GroupName: "team", UserName: "up" });
  iam.call("CreatePolicy", { PolicyName: "p", PolicyDocument: allowing("s3:GetObject", "*") });
  iam.call("PutUserPolicy", {
    UserName: "up",
    PolicyName: "own",
    PolicyDocument: allowing("s3:PutObject", "*"),
  });
  return { secret, state: canonical(dumpWasabi(iam.account, createS3Store()), generatedIds) };
}

test("a dump is the same for the same deployment, although every id differs", () => {
  expect(dump().state).toEqual(dump().state);
});

test("a dump shows users, keys, groups and policies, and no secret", () => {
  const { secret, state } = dump();
  expect(state).toMatchObject({
    account: "100000000001",
    users: [
      { arn: "arn:aws:iam::100000000001:user/terraform" },
      {
        arn: "arn:aws:iam::100000000001:user/up",
        groups: ["team"],
        accessKeys: [{ accessKeyId: "access-key-1", status: "Active" }],
        inlinePolicies: { own: { Version: "2012-10-17" } },
      },
    ],
    groups: [{ name: "team" }],
    policies: [{ arn: "arn:aws:iam::100000000001:policy/p", versions: [{ id: "v1" }] }],
    buckets: [],
  });
  expect(JSON.stringify(state)).not.toContain(secret);
  expect(JSON.stringify(state)).not.toContain("admin-secret");
});
