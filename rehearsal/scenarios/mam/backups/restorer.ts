import { readFileSync } from "node:fs";

import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";

import { resourceName } from "../../../../constructs/naming.ts";
import { restorerVariables } from "../../../../operations/restore/storage.ts";
import type { RehearsalCloud } from "../../../harness/rehearsal-cloud.ts";

/** Makes the user that reads dumps, as docs/restore.md says. @returns the variables with its key. */
export async function makeRestorer({
  endpoints,
  credentials,
  environment: { config },
}: RehearsalCloud): Promise<Readonly<Record<string, string>>> {
  const { wasabiIam: endpoint } = endpoints;
  const iam = new IAMClient({ endpoint, region: "us-east-1", credentials: credentials.wasabiRoot });
  const UserName = resourceName(config, "restorer");
  const PolicyDocument = documentedPolicy().replaceAll("<prefix>", config.storage.bucketPrefix);
  try {
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: UserName, PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const { AccessKeyId = "", SecretAccessKey = "" } = AccessKey ?? {};
    return {
      [restorerVariables.accessKeyId]: AccessKeyId,
      [restorerVariables.secretAccessKey]: SecretAccessKey,
    };
  } finally {
    iam.destroy();
  }
}

/** The policy that people are told to give it. */
function documentedPolicy(): string {
  const page = readFileSync("docs/restore.md", "utf8");
  const [, policy = ""] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  return policy;
}
