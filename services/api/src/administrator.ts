import { randomBytes } from "node:crypto";
import { text as readAll } from "node:stream/consumers";
import { parseArgs } from "node:util";

import { EnvironmentError, readEnvironment, text } from "@mam-services/common/environment";
import pg from "pg";

import { connectionOf } from "./database/pool.ts";
import { type AccountRequest, ensureAccount, resultText } from "./sessions/ensure-account.ts";
import { shortestPassword } from "./sessions/passwords.ts";

const help = `Makes an account that may sign in.

  npm run administrator -- --email EMAIL [--password-stdin] [--reset-password]

  --email EMAIL      address to sign in with
  --password-stdin   reads the password from standard input, ${shortestPassword} characters or more;
                     otherwise one is generated and printed once
  --reset-password   replaces the password of an account that exists, and ends its sessions

Run again with the same address, it changes nothing. It needs POSTGRES_URL and POSTGRES_CA_CERT: in the
control panel, the console of the component api has both.

Examples:
  npm run administrator -- --email ada@example.com
  printf %s "$PASSWORD" | npm run administrator -- --email ada@example.com --password-stdin
`;

/** Command lines that cannot be understood. */
class UsageError extends Error {
  override readonly name = "UsageError";
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        help: { type: "boolean", short: "h", default: false },
        email: { type: "string" },
        "password-stdin": { type: "boolean", default: false },
        "reset-password": { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function requestOf(values: ReturnType<typeof readArguments>): Promise<AccountRequest> {
  const { email = "" } = values;
  if (!/^[^@\s]+@[^@\s]+$/.test(email))
    throw new UsageError("expected --email with an address, such as --email ada@example.com");
  const given = values["password-stdin"]
    ? (await readAll(process.stdin)).replace(/\r?\n$/, "")
    : undefined;
  if (given !== undefined && given.length < shortestPassword)
    throw new UsageError(
      `the password on standard input has fewer than ${shortestPassword} characters`,
    );
  return {
    email,
    password: given ?? randomBytes(18).toString("base64url"),
    isGenerated: given === undefined,
    replaces: values["reset-password"],
  };
}

async function main(): Promise<void> {
  const values = readArguments();
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const request = await requestOf(values);
  const { POSTGRES_URL: url, POSTGRES_CA_CERT: certificateAuthority } = readEnvironment(
    { POSTGRES_URL: text, POSTGRES_CA_CERT: text },
    process.env,
  );
  const client = new pg.Client(connectionOf({ url, certificateAuthority }));
  await client.connect();
  try {
    const result = await ensureAccount(client, request);
    process.stdout.write(`${resultText(request, result)}\n`);
    if (result === "other-password") process.exitCode = 1;
  } finally {
    await client.end();
  }
}

await main().catch((error: unknown) => {
  const isUsage = error instanceof UsageError || error instanceof EnvironmentError;
  const hint = error instanceof UsageError ? "\nRun it with --help for examples." : "";
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${hint}\n`);
  process.exitCode = isUsage ? 2 : 1;
});
