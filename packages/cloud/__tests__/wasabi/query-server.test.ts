import {
  CreateRoleCommand,
  CreateUserCommand,
  DeleteUserCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  PutUserPolicyCommand,
  TagUserCommand,
} from "@aws-sdk/client-iam";
import { request } from "undici";

import type { Wasabi } from "../../src/wasabi/server.ts";
import { adminKey, allowing, rootKey, startTestWasabi } from "./support.ts";

const running: Wasabi[] = [];

afterAll(async () => {
  await Promise.all(running.map((wasabi) => wasabi.close()));
});

async function start(seed = {}) {
  const test = await startTestWasabi(seed);
  running.push(test.wasabi);
  const client = (credentials = adminKey, region = "us-east-1", endpoint = test.wasabi.urls.iam) =>
    new IAMClient({ endpoint, region, credentials, maxAttempts: 1 });
  return { ...test, client };
}

const create = (UserName: string) => new CreateUserCommand({ UserName });

test("actions are called by the AWS SDK, by root and by an administrator", async () => {
  const { client, requestLog } = await start();
  const { User } = await client(rootKey).send(create("up"));
  expect(User).toMatchObject({ Arn: "arn:aws:iam::100000000001:user/up", UserName: "up" });
  expect((await client().send(new GetUserCommand({ UserName: "up" }))).User).toEqual(User);
  await client().send(new DeleteUserCommand({ UserName: "up" }));
  await expect(client().send(new GetUserCommand({ UserName: "up" }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 404 },
  });
  expect(requestLog.entries().map(({ action, status }) => `${String(action)} ${status}`)).toEqual([
    "iam:CreateUser 200",
    "iam:GetUser 200",
    "iam:DeleteUser 200",
    "iam:GetUser 404",
  ]);
});

test("what Wasabi's IAM lacks is 501; what only the rehearsal lacks is reported too", async () => {
  const { client, wasabi } = await start();
  const tag = new TagUserCommand({ UserName: "terraform", Tags: [{ Key: "a", Value: "b" }] });
  const role = new CreateRoleCommand({ RoleName: "r", AssumeRolePolicyDocument: "{}" });

  await expect(client().send(tag)).rejects.toMatchObject({
    message: "TagUser is not supported.",
    $metadata: { httpStatusCode: 501 },
  });
  expect(wasabi.findings()).toEqual([]);
  await expect(client().send(role)).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
  expect(wasabi.findings()).toEqual(["iam POST /: CreateRole is not part of the rehearsal."]);
});

test("IAM is signed for us-east-1 and nothing else", async () => {
  const { client } = await start();
  await expect(client(adminKey, "eu-central-2").send(create("up"))).rejects.toMatchObject({
    name: "SignatureDoesNotMatch",
    message: 'The region "eu-central-2" is wrong; expecting "us-east-1".',
  });
});

test("a wrong secret, an unknown key and no key are told apart", async () => {
  const { client, wasabi } = await start();
  await expect(
    client({ ...adminKey, secretAccessKey: "x" }).send(create("up")),
  ).rejects.toMatchObject({ name: "SignatureDoesNotMatch" });
  await expect(
    client({ ...adminKey, accessKeyId: "UNKNOWNKEY0000000000" }).send(create("up")),
  ).rejects.toMatchObject({ name: "InvalidClientTokenId" });
  const anonymous = await request(wasabi.urls.iam, {
    method: "POST",
    body: "Action=ListUsers&Version=2010-05-08",
  });
  expect(await anonymous.body.text()).toContain("<Code>MissingAuthenticationToken</Code>");
});

test("a user may do in IAM what his policies allow", async () => {
  const helper = { accessKeyId: "HELPERKEY00000000000", secretAccessKey: "helper" };
  const { client, wasabi } = await start({
    adminUsers: [
      { name: "terraform", ...adminKey },
      { name: "helper", ...helper },
    ],
  });
  const policy = allowing("iam:ListAccessKeys", "arn:aws:iam::100000000001:user/${aws:username}");
  await client().send(
    new PutUserPolicyCommand({
      UserName: "helper",
      PolicyName: "administrator",
      PolicyDocument: policy,
    }),
  );

  await client(helper).send(new ListAccessKeysCommand({}));
  await expect(
    client(helper).send(new ListAccessKeysCommand({ UserName: "terraform" })),
  ).rejects.toMatchObject({
    message: expect.stringContaining(
      "is not authorized to perform: iam:ListAccessKeys on resource: arn:aws:iam::100000000001:user/terraform",
    ) as string,
  });
  expect(wasabi.findings()).toEqual([]);
});

test("IAM at the address of S3, another version and another path are refused and reported", async () => {
  const { client, wasabi } = await start();
  await expect(
    client(adminKey, "us-east-1", wasabi.urls.s3).send(create("up")),
  ).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
  const elsewhere = await request(`${wasabi.urls.iam}/users`);
  expect(elsewhere.statusCode).toBe(400);
  expect(wasabi.findings()).toEqual([
    "POST / is not an operation known here.",
    "iam GET /users: GET /users is not a call of iam.",
  ]);
});

test("what a client of another cloud sends to a port that it had before is refused, and nothing of this one", async () => {
  const { client, wasabi } = await start();
  const theirs = { accessKeyId: "THEIRKEY000000000000", secretAccessKey: "x" };
  await expect(
    client(theirs, "us-east-1", wasabi.urls.s3).send(create("up")),
  ).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });

  expect(wasabi.findings()).toEqual([]);
});

test("a policy with an error is refused with what is wrong", async () => {
  const { client } = await start();
  const wrong = new PutUserPolicyCommand({
    UserName: "terraform",
    PolicyName: "p",
    PolicyDocument: "{",
  });
  await expect(client().send(wrong)).rejects.toMatchObject({
    name: "MalformedPolicyDocumentException",
    message: "The policy is not valid JSON.",
  });
});
