import pg from "pg";

import { superuser } from "./data-directory.ts";

/** How SQL is run on a server: as its superuser, on a connection of its own. */
export type Query = (
  text: string,
  values?: readonly unknown[],
  database?: string,
) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** Opens the way for SQL through a server's socket. */
export function queryThrough(directory: string, port: number): Query {
  return async (text, values = [], database = "postgres") => {
    const client = new pg.Client({
      host: directory,
      port,
      user: superuser,
      database,
      application_name: "mam-engines",
      // A statement that fails may hold a password: the log says what failed, not with which words.
      options: "-c log_min_error_statement=panic",
    });
    // A server that is stopped under the connection; the query itself is rejected.
    client.on("error", () => undefined);
    await client.connect();
    try {
      const result = await client.query<Record<string, unknown>>(text, [...values]);
      return result.rows;
    } finally {
      await client.end();
    }
  };
}
