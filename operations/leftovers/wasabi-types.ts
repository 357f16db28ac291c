import { DeleteAccessKeyCommand } from "@aws-sdk/client-iam";

import type { LeftoverType } from "./leftover-type.ts";

/** Types of the provider aws 5.100.0, with what its `import` takes (website/docs/r/, Import). */
export const wasabiTypes: readonly LeftoverType[] = [
  {
    type: "aws_s3_bucket",
    noun: "bucket",
    importable: true,
    find: async ({ buckets }, read) => {
      const bucket = await read("bucket");
      return (await buckets())
        .filter((name) => name === bucket)
        .map((name) => ({ name, id: name }));
    },
  },
  {
    type: "aws_s3_bucket_policy",
    noun: "bucket policy",
    importable: true,
    find: async ({ buckets, bucketPolicy }, read) => {
      const bucket = (await read("bucket")) ?? "";
      if (!(await buckets()).includes(bucket)) return [];
      return (await bucketPolicy(bucket)) === undefined ? [] : [{ name: bucket, id: bucket }];
    },
  },
  {
    type: "aws_iam_user",
    noun: "storage user",
    importable: true,
    find: async ({ user }, read) => {
      const name = (await read("name")) ?? "";
      return (await user(name)) === undefined ? [] : [{ name, id: name }];
    },
  },
  {
    type: "aws_iam_user_policy",
    noun: "policy of a storage user",
    importable: true,
    find: async ({ userPolicy }, read) => {
      const [user, policy] = [(await read("user")) ?? "", (await read("name")) ?? ""];
      const id = `${user}:${policy}`;
      return (await userPolicy(user, policy)) === undefined ? [] : [{ name: id, id }];
    },
  },
  {
    type: "aws_iam_access_key",
    noun: "access key",
    // Its secret is told once, when it is made: a state that imports the key has none to give to the app.
    importable: false,
    severalUnderOneName: true,
    find: async ({ accessKeys }, read) => {
      const user = (await read("user")) ?? "";
      return (await accessKeys(user)).map((id) => ({ name: `${id} of ${user}`, id }));
    },
    remove: async (connections, { id: AccessKeyId }, read) => {
      const UserName = await read("user");
      await connections.wasabiIam().send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    },
  },
];
