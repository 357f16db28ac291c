import type { Queryable } from "../database/pool.ts";
import { findByEmail, normalEmail } from "./accounts.ts";
import { hashPassword, isPassword } from "./passwords.ts";

/** An account that shall be there. */
export interface AccountRequest {
  readonly email: string;
  readonly password: string;
  /** Nobody knows a generated password yet, so it is printed when it counts. */
  readonly isGenerated: boolean;
  /** Whether an account that exists gets this password. */
  readonly replaces: boolean;
}

/** What was done; `other-password`: nothing, and the password that was given is not the account's. */
export type AccountResult = "made" | "unchanged" | "replaced" | "other-password";

/** Makes an account, or says that there is one. */
export async function ensureAccount(
  database: Queryable,
  request: AccountRequest,
): Promise<AccountResult> {
  const { email, password, isGenerated, replaces } = request;
  const { rowCount } = await database.query(
    "insert into users (email, password_hash) values ($1, $2) on conflict (email) do nothing",
    [normalEmail(email), await hashPassword(password)],
  );
  if (rowCount === 1) return "made";
  if (replaces) return replacePassword(database, email, password);
  if (isGenerated) return "unchanged";
  const account = await findByEmail(database, email);
  return (await isPassword(password, account?.passwordHash)) ? "unchanged" : "other-password";
}

async function replacePassword(
  database: Queryable,
  email: string,
  password: string,
): Promise<AccountResult> {
  await database.query(
    `with changed as (update users set password_hash = $2 where email = $1 returning id)
     delete from sessions where user_id in (select id from changed)`,
    [normalEmail(email), await hashPassword(password)],
  );
  return "replaced";
}

/** What is said to the person at the terminal. */
export function resultText(
  { email, password, isGenerated }: AccountRequest,
  result: AccountResult,
) {
  const shown = isGenerated ? ` Its password, shown this once: ${password}` : "";
  switch (result) {
    case "made":
      return `${email} may sign in now.${shown}`;
    case "replaced":
      return `${email} has a new password, and its sessions have ended.${shown}`;
    case "unchanged":
      return `${email} may sign in already; nothing was changed. --reset-password replaces its password.`;
    case "other-password":
      return `${email} may sign in already, with another password; nothing was changed. Add --reset-password to replace it.`;
  }
}
