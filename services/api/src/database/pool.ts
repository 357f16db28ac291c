import { type DatabaseAccess, clientSettings } from "@mam-services/common/database";
import pg from "pg";
import type { Logger } from "pino";

import { statementSeconds } from "./timeouts.ts";

/** Whoever runs SQL: the pool, or a connection in a transaction. */
export type Queryable = Pick<pg.Pool, "query">;

/** Settings of a connection of the API. */
export const connectionOf = (access: DatabaseAccess): pg.ClientConfig =>
  clientSettings(access, "mam-api");

/**
 * The API's connections, through PgBouncer's transaction pool: no SET, no LISTEN, no named statements, no advisory
 * locks of a session, and no startup parameters, which the pool refuses. How long a statement may take is a setting of
 * the role (see migrate); the client's own limit is the same, and frees the caller when the server never answers.
 *
 * Ten connections an instance: with the default pool of the contract several instances fit, and PgBouncer queues more.
 */
export function createPool(access: DatabaseAccess, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOf(access),
    max: 10,
    idleTimeoutMillis: 30_000,
    query_timeout: statementSeconds * 1000,
    keepAlive: true,
  });
  // The pool listens to idle connections alone. One that ends while a transaction has it is told by the transaction's next
  // statement, and would end the process if nobody listened (pg 8.23).
  pool.on("connect", (client) => client.on("error", () => undefined));
  // An idle connection that the server ends; the pool opens another one when it is needed.
  pool.on("error", (error) => {
    log.warn({ err: error }, "a database connection ended");
  });
  return pool;
}

/** Runs work in one transaction; what it throws rolls everything back. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (connection: Queryable) => Promise<T>,
): Promise<T> {
  const connection = await pool.connect();
  try {
    await connection.query("begin");
    const result = await work(connection);
    await connection.query("commit");
    connection.release();
    return result;
  } catch (error) {
    await connection.query("rollback").then(
      () => {
        connection.release();
      },
      () => {
        // Its state is unknown: nobody shall get it again.
        connection.release(true);
      },
    );
    throw error;
  }
}
