/** A certificate with its key in PEM. */
interface Credentials {
  readonly certificate: string;
  readonly key: string;
}

/** Settings of a server by its own names. */
export type ServerSettings = Readonly<Record<string, string | number | boolean>>;

/** A PostgreSQL server that runs. Nobody comes in without TLS and a password, except through the socket directory. */
export interface PostgresServer {
  /** Of 127.0.0.1. */
  readonly port: number;
  readonly socketDirectory: string;
  /** Runs SQL as the superuser. @param database default: `postgres`. */
  query(
    text: string,
    values?: readonly unknown[],
    database?: string,
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
  createAdministrator(user: string, password: string): Promise<void>;
  createUser(user: string, password: string): Promise<void>;
  setPassword(user: string, password: string): Promise<void>;
  /** @param heir who gets what the user owns. */
  dropUser(user: string, heir: string): Promise<void>;
  createDatabase(database: string, owner: string): Promise<void>;
  dropDatabase(database: string): Promise<void>;
  /** All settings from now on; clients stay connected. */
  configure(settings: ServerSettings): Promise<void>;
  /** The same by starting it again: clients are disconnected, data stay. */
  restart(settings: ServerSettings): Promise<void>;
  close(): Promise<void>;
}

/** A server whose data another one begins with: as they are, or as they were at a time of this machine. */
export interface PastServer {
  readonly port: number;
  readonly socketDirectory: string;
  readonly at?: Date;
}

/** A pool as a pooler has it. */
export interface ServerPool {
  readonly name: string;
  readonly mode: "session" | "transaction" | "statement";
  readonly size: number;
  readonly database: string;
  readonly user?: string;
}

/** Settings of a pooler by its own names. */
export type PoolerSettings = Readonly<Record<string, string | number>>;

/** A pooler that runs. */
export interface Pooler {
  /** Of 127.0.0.1, with TLS and password. */
  readonly port: number;
  setPools(pools: readonly ServerPool[], settings: PoolerSettings): Promise<void>;
  close(): Promise<void>;
}

/** A Valkey server that runs behind a socket. */
export interface ValkeyServer {
  readonly path: string;
  /** Its process. */
  pid(): Promise<number>;
  configure(settings: Readonly<Record<string, string>>): Promise<void>;
  setPassword(password: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Real programs for the cloud's databases; `databaseEngines` of @mam-infra/engines has them. Without them a cluster is data.
 */
export interface DatabaseEngines {
  /** @param options.copyOf a server whose data it begins with. */
  startPostgres(
    options: Credentials & { readonly settings: ServerSettings; readonly copyOf?: PastServer },
  ): Promise<PostgresServer>;
  startPools(
    options: Credentials & {
      readonly server: PostgresServer;
      readonly pools: readonly ServerPool[];
      readonly settings: PoolerSettings;
    },
  ): Promise<Pooler>;
  /** @param options.maxmemory bytes. */
  startValkey(options: {
    readonly password: string;
    readonly maxmemory: number;
    readonly policy: string;
  }): Promise<ValkeyServer>;
  /** What differs from the platform because this machine lacks something, for a person. */
  readonly notes: readonly string[];
}
