/** Database engines that the rehearsal plays. */
export const engines = ["pg", "advanced_pg", "valkey", "opensearch"] as const;

/** A database engine that the rehearsal plays. */
export type Engine = (typeof engines)[number];

/** States of a cluster. Source: DigitalOcean API description, `databases/models/database_cluster.yml`. */
type DatabaseStatus = "creating" | "online" | "resizing" | "migrating" | "forking";

/** A user of a cluster. The password stays in the store: no dump shows it. */
export interface DatabaseUser {
  readonly name: string;
  readonly role: "primary" | "normal";
  password: string;
  settings?: Readonly<Record<string, unknown>>;
}

/** A PgBouncer pool of a PostgreSQL cluster. */
export interface ConnectionPool {
  readonly name: string;
  mode: "session" | "transaction" | "statement";
  size: number;
  db: string;
  /** Absent or empty: every user connects as itself. */
  user?: string;
}

/** Kinds of trusted sources. */
export const sourceTypes = ["droplet", "k8s", "ip_addr", "tag", "app"] as const;

/** A trusted source of a cluster. */
export interface FirewallRule {
  readonly uuid: string;
  readonly cluster_uuid: string;
  readonly type: (typeof sourceTypes)[number];
  readonly value: string;
  readonly created_at: string;
  readonly description?: string;
}

/** Where a cluster forwards its logs. */
export interface LogSink {
  readonly sink_id: string;
  readonly sink_name: string;
  readonly sink_type: "rsyslog" | "elasticsearch" | "opensearch" | "datadog";
  config: Readonly<Record<string, unknown>>;
}

/** Disk autoscaling. */
interface StorageAutoscale {
  readonly enabled: boolean;
  readonly threshold_percent?: number;
  readonly increment_gib?: number;
}

/** When the platform may maintain a cluster. */
interface MaintenanceWindow {
  readonly day: string;
  /** `HH:MM:SS`, whatever was sent. */
  readonly hour: string;
}

/** A managed database cluster. */
export interface DatabaseCluster {
  readonly id: string;
  readonly name: string;
  readonly engine: Engine;
  version: string;
  size: string;
  num_nodes: number;
  region: string;
  status: DatabaseStatus;
  /** The version that an upgrade in progress leads to. */
  upgrading_to?: string;
  /** The cluster whose backup it was made from. */
  readonly restored_from?: string;
  /** The time whose data it began with; absent for the newest. */
  readonly restored_at?: string;
  /** Whether DELETE was called and the nodes have not left the network yet. */
  destroying: boolean;
  readonly created_at: string;
  /** When backups ceased to be made; absent while they are. A rehearsal sets it: no call of the API does. */
  backups_stopped_at?: string;
  private_network_uuid: string;
  storage_size_mib: number;
  tags: string[];
  maintenance_window: MaintenanceWindow;
  users: DatabaseUser[];
  dbs: string[];
  pools: ConnectionPool[];
  rules: FirewallRule[];
  /** What was set by PATCH /config; defaults are added when it is read. */
  config: Record<string, unknown>;
  /** Valkey only; with underscores, as the API writes it. */
  eviction_policy: string;
  logsinks: LogSink[];
  autoscale: StorageAutoscale;
}

/** Name of the user that every cluster has from the beginning. */
export const adminUser = (engine: Engine) => (engine === "valkey" ? "default" : "doadmin");

/** Whether an engine is PostgreSQL, in either edition. */
export const isPostgres = (engine: Engine) => engine === "pg" || engine === "advanced_pg";
