import {
  CreateUserCommand,
  DeleteUserCommand,
  GetUserCommand,
  RemoveUserFromGroupCommand,
  UpdateUserCommand,
  paginateListGroupsForUser,
  type User,
} from "@aws-sdk/client-iam";
import type { Plain } from "../../engine/data.ts";
import { importById, type Operation } from "../../engine/resource.ts";
import { matches } from "../../engine/rules.ts";
import {
  attemptOnAws,
  unlessAbsent,
  type AwsClients,
  type AwsContext,
  type AwsResource,
} from "./calls.ts";

function tagsOf({ Tags = [] }: User): Plain {
  return Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

const read: Operation<AwsClients> = async (data, { client }) => {
  const answer = await attemptOnAws(`reading IAM User (${data.id})`, () =>
    unlessAbsent(["NoSuchEntity"], () =>
      client.iam.send(new GetUserCommand({ UserName: data.id })),
    ),
  );
  if (answer?.User === undefined) {
    data.id = "";
    return;
  }
  const { User: user } = answer;
  data.set("arn", user.Arn);
  data.set("name", user.UserName);
  data.set("path", user.Path);
  data.set("permissions_boundary", user.PermissionsBoundary?.PermissionsBoundaryArn);
  data.set("unique_id", user.UserId);
  data.set("tags", tagsOf(user));
  data.set("tags_all", tagsOf(user));
};

async function leaveGroups(name: string, { client }: AwsContext): Promise<void> {
  const groups: string[] = [];
  await attemptOnAws(`deleting IAM User (${name}): listing IAM Groups`, () =>
    unlessAbsent(["NoSuchEntity"], async () => {
      for await (const page of paginateListGroupsForUser(
        { client: client.iam },
        { UserName: name },
      )) {
        groups.push(...(page.Groups ?? []).flatMap(({ GroupName }) => GroupName ?? []));
      }
    }),
  );
  for (const group of groups) {
    await attemptOnAws(`deleting IAM User (${name}): removing from group ${group}`, () =>
      client.iam.send(new RemoveUserFromGroupCommand({ GroupName: group, UserName: name })),
    );
  }
}

/** A user (provider 5.100.0, service/iam/user.go). */
export const iamUser: AwsResource = {
  type: "aws_iam_user",
  behaviour: {
    defaults: { force_destroy: false, path: "/" },
    values_validated: {
      name: matches(
        /^[0-9A-Za-z=,.@_+-]+$/,
        "must only contain alphanumeric characters, hyphens, underscores, commas, periods, @ symbols, plus and equals signs",
      ),
    },
    not_rehearsed: {
      force_destroy: "It lists SSH keys, which Wasabi does not have, and so fails there.",
      permissions_boundary: "Wasabi documents no permissions boundaries.",
      tags: "Wasabi has no tags on users, so that they would differ for ever.",
    },
  },
  create: async (data, context) => {
    const name = data.text("name");
    const { User: user } = await attemptOnAws(`creating IAM User (${name})`, () =>
      context.client.iam.send(new CreateUserCommand({ Path: data.text("path"), UserName: name })),
    );
    data.id = user?.UserName ?? "";
    await read(data, context);
  },
  read,
  update: async (data, context) => {
    const name = data.text("name");
    if (data.changed("name", "path")) {
      await attemptOnAws(`updating IAM User (${data.id})`, () =>
        context.client.iam.send(
          new UpdateUserCommand({
            UserName: data.id,
            NewUserName: name,
            NewPath: data.text("path"),
          }),
        ),
      );
      data.id = name;
    }
    await read(data, context);
  },
  delete: async (data, context) => {
    await leaveGroups(data.id, context);
    await attemptOnAws(`deleting IAM User (${data.id})`, () =>
      unlessAbsent(["NoSuchEntity"], () =>
        context.client.iam.send(new DeleteUserCommand({ UserName: data.id })),
      ),
    );
  },
  importId: importById,
};
