import { ports } from "../connections.ts";
import { adminUser } from "../model.ts";
import type { DatabaseCluster } from "../model.ts";
import type { ClusterCredentials, ClusterServers, MeasurableServer } from "./cluster-servers.ts";
import type { Target } from "./door.ts";
import type {
  DatabaseEngines,
  PastServer,
  Pooler,
  PostgresServer,
  ServerSettings,
} from "./engines.ts";
import { needingStart, poolerSettingsOf, postgresSettings, serverPools } from "./settings.ts";

/** What a change of makes nodes leave, so that clients are disconnected. */
const shapeOf = ({ version, size, num_nodes, region }: DatabaseCluster) =>
  JSON.stringify([version, size, num_nodes, region]);

/** The first process writes its number into the first line of a file. */
const firstProcess = "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int AS pid";

const pidIn = ([row]: readonly Readonly<Record<string, unknown>>[]) => Number(row?.pid);

/** Kills a process, unless it has ended by itself. */
function killProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** A PostgreSQL server with the users, databases and pools of a cluster. */
export class PostgresCluster implements ClusterServers {
  readonly speaksTls = true;
  /** The server itself, for a cluster that begins as its copy. */
  readonly server: PostgresServer;
  readonly #engines: DatabaseEngines;
  readonly #credentials: ClusterCredentials;
  #pooler: Pooler | undefined;
  #settings: ServerSettings;
  /** What the server was last told, to tell it no more than what is new. */
  #told: { shape: string; start: string; settings: string; pools: string };
  /** Passwords of the cluster's users; undefined for one whose password is to be set. */
  readonly #users = new Map<string, string | undefined>();
  readonly #databases = new Set<string>();

  private constructor(
    server: PostgresServer,
    engines: DatabaseEngines,
    credentials: ClusterCredentials,
    cluster: DatabaseCluster,
  ) {
    this.server = server;
    this.#engines = engines;
    this.#credentials = credentials;
    const settings = postgresSettings(cluster);
    this.#settings = settings;
    this.#told = {
      shape: shapeOf(cluster),
      start: needingStart(settings),
      settings: JSON.stringify(settings),
      pools: "",
    };
  }

  /**
   * Starts the server of a cluster; users, databases and pools come by {@link converge}.
   *
   * @param copyOf a server whose data it begins with.
   */
  static async start(
    engines: DatabaseEngines,
    cluster: DatabaseCluster,
    credentials: ClusterCredentials,
    copyOf?: PastServer,
  ): Promise<PostgresCluster> {
    const settings = postgresSettings(cluster);
    const server = await engines.startPostgres({
      ...credentials,
      settings,
      ...(copyOf ? { copyOf } : {}),
    });
    const started = new PostgresCluster(server, engines, credentials, cluster);
    if (copyOf) await started.#takeStock();
    return started;
  }

  /** Brings the server, and the pooler if there are pools, to what the account says. */
  async converge(cluster: DatabaseCluster): Promise<void> {
    await this.#convergeSettings(cluster);
    await this.#addMembers(cluster);
    await this.#convergePools(cluster);
    await this.#removeMembers(cluster);
  }

  /** The server, by SQL and by its first process. */
  get measurable(): MeasurableServer {
    const query = (text: string, database?: string) => this.server.query(text, [], database);
    return { query, pid: async () => pidIn(await query(firstProcess)) };
  }

  /** Kills the server; the pooler stays. */
  async kill(): Promise<() => Promise<void>> {
    const first = await this.measurable.pid();
    // Commits of these servers do not wait for the disk; those of the platform do, so that none is lost.
    await this.server.query("CHECKPOINT");
    const rows = await this.server.query("SELECT pid FROM pg_stat_activity");
    // The first one first: it would start others anew.
    for (const pid of [first, ...rows.map(({ pid }) => Number(pid))]) killProcess(pid);
    return () => this.server.restart(this.#settings);
  }

  /** The pooler at the pools' port, else the server. */
  target(port: number): Target | undefined {
    const behind = port === ports.pool ? this.#pooler : this.server;
    return behind && { port: behind.port };
  }

  /** Ends both; the data are gone. */
  async close(): Promise<void> {
    await this.#pooler?.close();
    await this.server.close();
  }

  /** A copy has users and databases already. */
  async #takeStock(): Promise<void> {
    const roles = "SELECT rolname AS name FROM pg_roles WHERE rolcanlogin AND NOT rolsuper";
    for (const { name } of await this.server.query(roles)) this.#users.set(String(name), undefined);
    const databases =
      "SELECT datname AS name FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'";
    for (const { name } of await this.server.query(databases)) this.#databases.add(String(name));
  }

  async #convergeSettings(cluster: DatabaseCluster): Promise<void> {
    const settings = postgresSettings(cluster);
    const next = {
      shape: shapeOf(cluster),
      start: needingStart(settings),
      settings: JSON.stringify(settings),
    };
    const told = this.#told;
    if (next.shape !== told.shape || next.start !== told.start) await this.server.restart(settings);
    else if (next.settings !== told.settings) await this.server.configure(settings);
    this.#settings = settings;
    this.#told = { ...told, ...next };
  }

  async #addMembers({ engine, users, dbs }: DatabaseCluster): Promise<void> {
    const administrator = adminUser(engine);
    for (const { name, password } of users) {
      if (!this.#users.has(name)) {
        if (name === administrator) await this.server.createAdministrator(name, password);
        else await this.server.createUser(name, password);
      } else if (this.#users.get(name) !== password) await this.server.setPassword(name, password);
      this.#users.set(name, password);
    }
    for (const name of dbs.filter((one) => !this.#databases.has(one))) {
      await this.server.createDatabase(name, administrator);
      this.#databases.add(name);
    }
  }

  async #removeMembers({ engine, users, dbs }: DatabaseCluster): Promise<void> {
    for (const name of this.#databases) {
      if (dbs.includes(name)) continue;
      await this.server.dropDatabase(name);
      this.#databases.delete(name);
    }
    for (const name of this.#users.keys()) {
      if (users.some((user) => user.name === name)) continue;
      await this.server.dropUser(name, adminUser(engine));
      this.#users.delete(name);
    }
  }

  async #convergePools(cluster: DatabaseCluster): Promise<void> {
    const [pools, settings] = [serverPools(cluster), poolerSettingsOf(cluster)];
    const told = JSON.stringify([pools, settings]);
    if (told === this.#told.pools) return;
    if (this.#pooler) await this.#pooler.setPools(pools, settings);
    else if (pools.length > 0) {
      const { server } = this;
      this.#pooler = await this.#engines.startPools({
        ...this.#credentials,
        server,
        pools,
        settings,
      });
    }
    this.#told.pools = told;
  }
}
