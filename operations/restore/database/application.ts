import type pg from "pg";

import { messageOf } from "@mam-infra/clients/message";

import type { Proof } from "./comparison.ts";
import { insufficientPrivilege } from "./refusals.ts";
import type { Login, RestoreTarget } from "./target.ts";

/** What the application's user does all day, without leaving a trace. */
const allowed = [
  "select 1 from public.assets limit 1",
  "insert into public.users (email, password_hash) values ('mam-restore@example.com', 'none')",
  "delete from public.sessions where false",
];

/** What it may not: the schema is the administrator's. */
const refused = [
  "create table public.mam_restore (id int)",
  "alter table public.assets add column mam_restore int",
  "drop table public.assets",
  "create role mam_restore",
];

/** Logs in as the application does, and tries what it may do and what it may not. */
export async function proveLogin(
  database: Pick<RestoreTarget, "connect">,
  login: Login,
): Promise<Proof> {
  const what = `${login.user} may work, and may not alter the schema`;
  let client: pg.Client;
  try {
    client = await database.connect(login);
  } catch (error) {
    return { what, problems: [`${login.user} may not log in: ${messageOf(error)}`] };
  }
  try {
    const problems: string[] = [];
    for (const statement of allowed) {
      const code = await attempt(client, statement);
      if (code !== undefined) problems.push(`${login.user} is refused (${code}): ${statement}`);
    }
    for (const statement of refused) {
      const code = await attempt(client, statement);
      if (code !== insufficientPrivilege)
        problems.push(`${login.user} is not refused (${code ?? "done"}): ${statement}`);
    }
    return { what, problems };
  } finally {
    await client.end();
  }
}

/** Runs a statement and takes it back. @returns the SQLSTATE of what it failed with. */
async function attempt(client: pg.Client, statement: string): Promise<string | undefined> {
  await client.query("begin");
  try {
    await client.query(statement);
    return undefined;
  } catch (error) {
    return String((error as { code?: unknown }).code);
  } finally {
    await client.query("rollback");
  }
}
