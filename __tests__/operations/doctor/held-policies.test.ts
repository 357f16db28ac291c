import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeleteUserPolicyCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";

import { policiesOfUser } from "../../../operations/doctor/held-policies.ts";
import type { Wasabi } from "@mam-infra/cloud/wasabi/server";
import { iamClient } from "../../../packages/cloud/__tests__/wasabi/clients.ts";
import { allowing, startTestWasabi } from "../../../packages/cloud/__tests__/wasabi/support.ts";

const UserName = "terraform";
let wasabi: Wasabi;
beforeEach(async () => {
  ({ wasabi } = await startTestWasabi());
});
afterEach(() => wasabi.close());

test("what is written into a user, attached to it, and held by its groups is read, in the version that counts", async () => {
  const iam = iamClient(wasabi);
  const GroupName = "crew";
  const attach = async (PolicyName: string) => {
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName, PolicyDocument: allowing("s3:Old", "*") }),
    );
    const PolicyArn = Policy?.Arn;
    const PolicyDocument = allowing(`s3:${PolicyName}`, "*");
    await iam.send(
      new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }),
    );
    return PolicyArn;
  };
  await iam.send(
    new AttachUserPolicyCommand({ UserName, PolicyArn: await attach("UserAttached") }),
  );
  await iam.send(new CreateGroupCommand({ GroupName }));
  await iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
  await iam.send(
    new AttachGroupPolicyCommand({ GroupName, PolicyArn: await attach("GroupAttached") }),
  );
  const PolicyDocument = allowing("s3:GroupInline", "*");
  await iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName: "own", PolicyDocument }));

  const { read, unread } = await policiesOfUser(iam, UserName);

  expect(unread).toEqual([]);
  expect(read.map(({ name, statements }) => [name, statements[0]?.Action])).toEqual([
    ['the policy "administrator" of the user terraform', ["*"]],
    ["the policy arn:aws:iam::100000000001:policy/UserAttached", ["s3:UserAttached"]],
    ['the policy "own" of the group crew', ["s3:GroupInline"]],
    ["the policy arn:aws:iam::100000000001:policy/GroupAttached", ["s3:GroupAttached"]],
  ]);
});

test("more policies than an answer has room for are all read", async () => {
  const { inlinePolicies } = wasabi.account.users.get(UserName)!;
  for (let index = 0; index < 120; index++)
    inlinePolicies.set(`p${index}`, allowing("s3:Get*", "*"));

  expect((await policiesOfUser(iamClient(wasabi), UserName)).read).toHaveLength(121);
});

test("what may not be read is named with the reason", async () => {
  const iam = iamClient(wasabi);
  const PolicyDocument = allowing(["iam:ListUserPolicies", "iam:ListGroupsForUser"], "*");
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "little", PolicyDocument }));
  await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: "administrator" }));

  expect(await policiesOfUser(iam, UserName)).toEqual({
    read: [],
    unread: [
      'the policy "little" of the user terraform cannot be read: AccessDenied',
      "the policies attached to the user terraform cannot be read: AccessDenied",
    ],
  });
});

test("a policy with an element that is not understood counts as unread", async () => {
  const iam = iamClient(wasabi);
  await iam.send(new CreateUserCommand({ UserName: "ada" }));
  wasabi.account.users
    .get("ada")!
    .inlinePolicies.set("odd", '{"Statement":[{"Effect":"Perhaps"}]}');

  expect(await policiesOfUser(iam, "ada")).toEqual({
    read: [],
    unread: ['the policy "odd" of the user ada has elements that are not understood here'],
  });
});

test("a key that is unknown is no policy that cannot be read", async () => {
  wasabi.account.users.get(UserName)!.accessKeys.clear();

  await expect(policiesOfUser(iamClient(wasabi), UserName)).rejects.toMatchObject({
    name: "InvalidClientTokenId",
  });
});
