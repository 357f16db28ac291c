import type { Queryable } from "../database/pool.ts";

/** Somebody who may sign in. */
export interface Account {
  readonly id: string;
  readonly email: string;
}

/** An account with the hash of its password. */
export interface StoredAccount extends Account {
  readonly passwordHash: string;
}

/** An address as it is kept and compared: people write theirs in different cases. */
export const normalEmail = (email: string) => email.trim().toLowerCase();

/** The account of an address. */
export async function findByEmail(
  database: Queryable,
  email: string,
): Promise<StoredAccount | undefined> {
  const { rows } = await database.query<StoredAccount>(
    `select id, email, password_hash as "passwordHash" from users where email = $1`,
    [normalEmail(email)],
  );
  return rows[0];
}

/** The account of a session that still runs. */
export async function findBySession(
  database: Queryable,
  sessionId: string,
): Promise<Account | undefined> {
  const { rows } = await database.query<Account>(
    `select u.id, u.email from users u join sessions s on s.user_id = u.id
     where s.id = $1 and s.expires_at > now()`,
    [sessionId],
  );
  return rows[0];
}
