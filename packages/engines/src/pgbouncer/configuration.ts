/** A pool of connections to one database. */
export interface Pool {
  /** What clients name where a database's name would stand. */
  readonly name: string;
  readonly mode: "session" | "transaction" | "statement";
  /** Connections to the server that it may hold. */
  readonly size: number;
  readonly database: string;
  /** Whom the server sees; absent: each client as itself. */
  readonly user?: string;
}

/** Where things are, and who may look inside. */
export interface PoolerPlaces {
  readonly directory: string;
  /** Port of 127.0.0.1 that it listens on. */
  readonly port: number;
  readonly server: { readonly socketDirectory: string; readonly port: number };
  readonly administrator: string;
}

/** Settings of the pooler by their PgBouncer names. */
export type PoolerSettings = Readonly<Record<string, string | number>>;

/** Pool names are taken by the API with letters, digits, `_` and `-`; the values of a pool stand in quotes. */
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

function poolLine({ name, mode, size, database, user }: Pool, { server }: PoolerPlaces): string {
  const fields = [
    `host=${server.socketDirectory}`,
    `port=${server.port}`,
    `dbname=${quoted(database)}`,
    ...(user === undefined ? [] : [`user=${quoted(user)}`]),
    `pool_size=${size}`,
    `pool_mode=${mode}`,
  ];
  return `${name} = ${fields.join(" ")}\n`;
}

/** Passwords are the server's own, asked for at each login: a new one holds at once, also here. */
const passwordQuery = "SELECT usename, passwd FROM pg_catalog.pg_shadow WHERE usename = $1";

/** The text of pgbouncer.ini. */
export function poolerConfiguration(
  pools: readonly Pool[],
  places: PoolerPlaces,
  settings: PoolerSettings,
): string {
  const { directory, port, administrator } = places;
  const all = {
    listen_addr: "127.0.0.1",
    listen_port: port,
    unix_socket_dir: directory,
    auth_type: "scram-sha-256",
    auth_file: `${directory}/users`,
    auth_user: "postgres",
    auth_query: passwordQuery,
    admin_users: administrator,
    client_tls_sslmode: "require",
    client_tls_cert_file: `${directory}/certificate.pem`,
    client_tls_key_file: `${directory}/key.pem`,
    max_client_conn: 5000,
    ...settings,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}\n`);
  const databases = pools.map((pool) => poolLine(pool, places));
  return `[databases]\n${databases.join("")}\n[pgbouncer]\n${lines.join("")}`;
}
