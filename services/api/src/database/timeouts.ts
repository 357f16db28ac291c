import type { Pool } from "pg";

/** Longest that a statement may take, in seconds: people do not wait longer for a page. */
export const statementSeconds = 10;

/**
 * Limits of the API's role, in PostgreSQL's words. Behind the transaction pool a SET would hit other clients, and a
 * startup parameter is refused; a setting of the role holds for every connection that the pool opens as it.
 */
const timeouts = {
  statement_timeout: `${statementSeconds}s`,
  lock_timeout: "5s",
  idle_in_transaction_session_timeout: "30s",
};

/**
 * Gives the role its timeouts, once: a role may change its own settings, and since PostgreSQL 16 an administrator may
 * not change those of roles that others made. Connections that the pool has already keep what they had.
 */
export async function setTimeouts(database: Pool): Promise<void> {
  const { rows } = await database.query<{ settings: string[] }>(
    "select coalesce(rolconfig, '{}') as settings from pg_roles where rolname = current_user",
  );
  const settings = rows[0]?.settings ?? [];
  for (const [name, value] of Object.entries(timeouts)) {
    if (settings.includes(`${name}=${value}`)) continue;
    await database
      .query(`alter role current_user set ${name} = '${value}'`)
      .catch(unlessConcurrent);
  }
}

/** Two instances that start at once set the same: PostgreSQL tells the slower one `tuple concurrently updated`. */
function unlessConcurrent(error: unknown): void {
  if ((error as { code?: unknown }).code !== "XX000") throw error;
}
