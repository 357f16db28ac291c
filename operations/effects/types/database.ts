import type { Dragged, EffectRow, TypeEffects } from "../effect.ts";

/** What hangs on a cluster: whatever names its id. */
export const ofCluster: Readonly<Record<string, Dragged>> = {
  digitalocean_database_connection_pool: "replaced",
  digitalocean_database_db: "replaced",
  digitalocean_database_firewall: "replaced",
  digitalocean_database_postgresql_config: "replaced",
  digitalocean_database_user: "replaced",
  digitalocean_database_valkey_config: "replaced",
  digitalocean_monitor_alert: "updated",
  digitalocean_project_resources: "updated",
};

const lostCluster = "the cluster goes with everything in it, its backups too";

const lowered = (argument: string, means: string): EffectRow => ({
  argument,
  kinds: ["lowered"],
  planned: "in place",
  outcome: "refused",
  means: `${means}: the platform refuses it, after everything that the plan destroys is gone`,
});

const replacedCluster = (argument: string): EffectRow => ({
  argument,
  planned: "replaced",
  drags: ofCluster,
});

/** Managed clusters. */
export const databaseCluster: TypeEffects = {
  type: "digitalocean_database_cluster",
  replaced: `${lostCluster}; an empty one is made, and the platform is down until a backup is restored into it`,
  destroyed: lostCluster,
  rows: [
    { argument: "engine", kinds: ["respelled"], planned: "nothing" },
    ...["name", "engine", "project_id"].map(replacedCluster),
    {
      argument: "private_network_uuid",
      kinds: ["removed"],
      planned: "nothing",
      means: "the cluster stays in its network",
    },
    replacedCluster("private_network_uuid"),
    {
      argument: "version",
      kinds: ["removed"],
      planned: "nothing",
      means: "the cluster stays at its version",
    },
    { argument: "version", kinds: ["respelled"], planned: "nothing" },
    lowered("version", "a version is never lowered"),
    lowered("size", "a cluster is never made smaller"),
    lowered("storage_size_mib", "a disk is never made smaller"),
    {
      argument: "storage_size_mib",
      kinds: ["removed"],
      planned: "nothing",
      means: "the disk stays as large as it is",
    },
    {
      argument: "version",
      kinds: ["set"],
      planned: "in place",
      means: "the cluster is upgraded while the deployment goes on: nothing waits for it",
    },
    {
      argument: "region",
      kinds: ["set"],
      planned: "in place",
      means:
        "the cluster moves to another region: it is read-only meanwhile, and its address stays",
    },
    { argument: "region", kinds: ["respelled"], planned: "nothing" },
    {
      argument: "maintenance_window.hour",
      kinds: ["respelled"],
      planned: "nothing",
    },
    {
      argument: "backup_restore",
      planned: "in place",
      means: "nothing is sent: a cluster is restored only when it is made",
    },
    {
      argument: "eviction_policy",
      kinds: ["removed"],
      planned: "in place",
      means: "the policy becomes noeviction, the platform's default",
    },
    { argument: "timeouts", planned: "nothing" },
    { argument: "*", planned: "in place" },
  ],
};

/** Databases of a cluster. */
export const databaseDb: TypeEffects = {
  type: "digitalocean_database_db",
  replaced: "the database is dropped with everything in it, and an empty one is made",
  destroyed: "the database is dropped with everything in it",
  rows: [
    {
      argument: "name",
      planned: "replaced",
      drags: { digitalocean_database_connection_pool: "replaced" },
    },
    { argument: "cluster_id", planned: "replaced" },
    { argument: "depends_on", planned: "nothing" },
  ],
};

/** Users of a cluster. */
export const databaseUser: TypeEffects = {
  type: "digitalocean_database_user",
  replaced:
    "the login is gone until it is made again, with another password and no rights: whoever uses it fails until the app is deployed",
  destroyed: "the login is gone: whoever uses it fails",
  rows: [
    { argument: "name", planned: "replaced" },
    { argument: "cluster_id", planned: "replaced" },
    { argument: "*", planned: "in place" },
  ],
};

/** Connection pools. */
export const databaseConnectionPool: TypeEffects = {
  type: "digitalocean_database_connection_pool",
  replaced: "the pool is destroyed and made again: every pooled connection is cut",
  destroyed:
    "the pool goes: whoever connects through it fails until the app is deployed without it",
  rows: [{ argument: "*", planned: "replaced" }],
};

/** Trusted sources of a cluster. */
export const databaseFirewall: TypeEffects = {
  type: "digitalocean_database_firewall",
  replaced: "the old cluster loses its trusted sources: it is open to the internet",
  destroyed: "the cluster loses its trusted sources: it is open to the internet",
  rows: [
    { argument: "cluster_id", planned: "replaced" },
    { argument: "rule", kinds: ["removed", "emptied"], planned: "refused" },
    { argument: "rule", kinds: ["respelled"], planned: "nothing" },
    { argument: "*", planned: "in place" },
  ],
};

/** The old value stays: the provider sends what is there, and takes nothing back. */
const neverTakenBack: EffectRow = {
  argument: "*",
  kinds: ["removed"],
  planned: "nothing",
  means: "the old value stays on the cluster for good",
};

/** PostgreSQL's settings. */
export const databasePostgresqlConfig: TypeEffects = {
  type: "digitalocean_database_postgresql_config",
  destroyed: "nothing on the platform changes: the cluster keeps every setting",
  rows: [
    { argument: "cluster_id", planned: "replaced" },
    {
      argument: "*",
      kinds: ["zero"],
      planned: "in place",
      outcome: "repeats",
      means: "0 is never sent: the old value stays, and every plan shows the same difference again",
    },
    neverTakenBack,
    { argument: "*", planned: "in place" },
  ],
};

/** Valkey's settings. */
export const databaseValkeyConfig: TypeEffects = {
  type: "digitalocean_database_valkey_config",
  destroyed: "nothing on the platform changes: the cluster keeps every setting",
  rows: [
    {
      argument: "valkey_maxmemory_policy",
      kinds: ["set"],
      planned: "in place",
      outcome: "repeats",
      means:
        "the cluster's own eviction_policy wins the next plan: two resources write one setting",
    },
    { argument: "*", kinds: ["respelled"], planned: "nothing" },
    neverTakenBack,
    { argument: "*", planned: "in place" },
  ],
};
