import pg from "pg";

/** How PostgreSQL is reached. */
export interface DatabaseAccess {
  /** URL with user and password; its `sslmode` is ignored: the certificate is always verified. */
  readonly url: string;
  /** Certificate authority in PEM. */
  readonly certificateAuthority: string;
}

/**
 * Number of the advisory lock that a migration holds, and a dump as well: a dump that begins while a table is rewritten has
 * that table empty (docs/restore.md). Any number will do that nobody else takes in this database.
 */
export const migrationLock = 820_915;

const { builtins, getTypeParser } = pg.types;

/** Sizes in bytes and positions are far below 2^53, so they are numbers and not texts. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    id === builtins.INT8 ? (text: string) => Number(text) : (getTypeParser(id, format) as never),
};

/**
 * Settings of a connection. pg drops the certificate authority as soon as the URL has an `sslmode`, and a URL with
 * `sslmode=require` would then fail; so it is taken out, and the certificate is verified with the authority.
 *
 * @param name what the server calls the connection in its lists and logs.
 */
export function clientSettings(
  { url, certificateAuthority }: DatabaseAccess,
  name: string,
): pg.ClientConfig {
  const address = new URL(url);
  address.searchParams.delete("sslmode");
  return {
    connectionString: address.href,
    ssl: { ca: certificateAuthority },
    application_name: name,
    connectionTimeoutMillis: 5000,
    types,
  };
}
