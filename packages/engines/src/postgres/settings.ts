/** Text in a configuration file or a statement of PostgreSQL. */
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Settings of a server by their PostgreSQL names. */
export type PostgresSettings = Readonly<Record<string, string | number | boolean>>;

/** What every server here has: its data live no longer than we do, so nothing waits for the disk. */
const common: PostgresSettings = {
  listen_addresses: "127.0.0.1",
  fsync: false,
  synchronous_commit: false,
  full_page_writes: false,
  shared_buffers: "64MB",
  max_wal_size: "256MB",
  // What a copy as of an earlier time is made from.
  wal_keep_size: "1GB",
  ssl: true,
  ssl_min_protocol_version: "TLSv1.2",
  password_encryption: "scram-sha-256",
  log_line_prefix: "%m [%p] %q[user=%u,db=%d,app=%a] ",
  // Europe/Berlin of whoever runs it would show in what services print.
  timezone: "UTC",
  log_timezone: "UTC",
};

/** The text of postgresql.conf. Later settings win. */
export function configurationFile(...settings: readonly PostgresSettings[]): string {
  const all = Object.entries(Object.assign({}, common, ...settings) as PostgresSettings);
  return all.map(([name, value]) => `${name} = ${quoted(String(value))}\n`).join("");
}

/**
 * Who may come in, and how. Through the socket, which only the server's user and root reach, everybody: the pool that
 * runs beside the server needs no passwords then. From elsewhere only with TLS and a password, and never the superuser.
 */
export const accessRules = `local all all trust
hostssl all postgres all reject
hostssl all all all scram-sha-256
`;
