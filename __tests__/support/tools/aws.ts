import { DeleteAccessKeyCommand, IAMClient } from "@aws-sdk/client-iam";

// Stands in for the AWS command line, version 2, where it cannot be had: it takes the lines that `mam` prints, and no
// others. It reads its keys from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as the real one does.

const [service = "", action = "", ...rest] = process.argv.slice(2);
const flags = new Map<string, string>();
while (rest.length > 0) flags.set(rest.shift() ?? "", rest.shift() ?? "");

function flag(name: string): string {
  const value = flags.get(name);
  if (value === undefined) throw new Error(`aws ${service} ${action} lacks ${name}`);
  flags.delete(name);
  return value;
}

const connection = { endpoint: flag("--endpoint-url"), region: "us-east-1" } as const;

const actions: Readonly<Record<string, () => Promise<unknown>>> = {
  "iam delete-access-key": () =>
    new IAMClient(connection).send(
      new DeleteAccessKeyCommand({
        UserName: flag("--user-name"),
        AccessKeyId: flag("--access-key-id"),
      }),
    ),
};

const act = actions[`${service} ${action}`];
if (!act) throw new Error(`aws is not known to take: ${process.argv.slice(2).join(" ")}`);
await act();
if (flags.size > 0) throw new Error(`aws does not know ${[...flags.keys()].join(", ")}`);
