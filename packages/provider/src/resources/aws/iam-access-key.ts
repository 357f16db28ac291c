import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  UpdateAccessKeyCommand,
  paginateListAccessKeys,
  type AccessKeyMetadata,
} from "@aws-sdk/client-iam";
import type { ResourceData } from "../../engine/data.ts";
import { ProviderFailure } from "../../engine/failure.ts";
import type { Operation } from "../../engine/resource.ts";
import { oneOf } from "../../engine/rules.ts";
import {
  attemptOnAws,
  unlessAbsent,
  type AwsClients,
  type AwsContext,
  type AwsResource,
} from "./calls.ts";
import { sesSmtpPassword } from "./ses-smtp-password.ts";

async function keyOf(
  user: string,
  id: string,
  { client }: AwsContext,
): Promise<AccessKeyMetadata | undefined> {
  const pages = paginateListAccessKeys({ client: client.iam }, { UserName: user });
  for await (const { AccessKeyMetadata: keys = [] } of pages) {
    const key = keys.find(({ AccessKeyId }) => AccessKeyId === id);
    if (key !== undefined) return key;
  }
  return undefined;
}

function setKey(data: ResourceData, { UserName, CreateDate, Status }: AccessKeyMetadata): void {
  data.set("user", UserName);
  data.set("create_date", CreateDate?.toISOString().replace(/\.\d+Z$/, "Z"));
  data.set("status", Status);
}

async function setStatus(
  data: ResourceData,
  status: "Active" | "Inactive",
  { client }: AwsContext,
): Promise<void> {
  await attemptOnAws(`updating IAM Access Key (${data.id}) status`, () =>
    client.iam.send(
      new UpdateAccessKeyCommand({
        AccessKeyId: data.id,
        Status: status,
        UserName: data.text("user"),
      }),
    ),
  );
}

const read: Operation<AwsClients> = async (data, context) => {
  const key = await attemptOnAws(`reading IAM Access Key (${data.id})`, () =>
    unlessAbsent(["NoSuchEntity"], () => keyOf(data.text("user"), data.id, context)),
  );
  if (key === undefined) {
    data.id = "";
    return;
  }
  setKey(data, key);
};

/**
 * A user's pair of keys (provider 5.100.0, service/iam/access_key.go). The secret is told once, when
 * the key is made, so that an imported key has none.
 */
export const iamAccessKey: AwsResource = {
  type: "aws_iam_access_key",
  behaviour: {
    defaults: { status: "Active" },
    force_new: ["user", "pgp_key"],
    values_validated: { status: oneOf(["Active", "Inactive"], { quoted: true }) },
    not_rehearsed: { pgp_key: "The secret would have to be encrypted with OpenPGP." },
  },
  create: async (data, context) => {
    const user = data.text("user");
    const { AccessKey: key } = await attemptOnAws(`creating IAM Access Key (${user})`, () =>
      context.client.iam.send(new CreateAccessKeyCommand({ UserName: user })),
    );
    if (key?.AccessKeyId === undefined || key.SecretAccessKey === undefined) {
      throw new ProviderFailure(`creating IAM Access Key (${user}): empty response`);
    }
    data.id = key.AccessKeyId;
    data.set("secret", key.SecretAccessKey);
    data.set("ses_smtp_password_v4", sesSmtpPassword(key.SecretAccessKey, context.client.region));
    const status = data.text("status") === "Inactive" ? "Inactive" : "Active";
    if (status === "Inactive") await setStatus(data, status, context);
    setKey(data, { ...key, Status: status });
  },
  read,
  update: async (data, context) => {
    if (data.changed("status")) {
      const status = data.text("status") === "Inactive" ? "Inactive" : "Active";
      await setStatus(data, status, context);
    }
    await read(data, context);
  },
  delete: async (data, { client }) => {
    const key = { AccessKeyId: data.id, UserName: data.text("user") };
    await attemptOnAws(`deleting IAM Access Key (${data.id})`, () =>
      unlessAbsent(["NoSuchEntity"], () => client.iam.send(new DeleteAccessKeyCommand(key))),
    );
  },
  importId: async (id, data, { client }) => {
    const answer = await attemptOnAws(`importing IAM Access Key (${id})`, () =>
      client.iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id })),
    );
    data.id = id;
    data.set("user", answer.UserName);
  },
};
