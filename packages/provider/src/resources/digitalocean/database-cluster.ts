import type { z } from "zod";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { databaseCluster as clusterShape } from "@mam-infra/clients/digitalocean/databases";
import type { PlanView } from "../../engine/behaviour.ts";
import { blocksOf, textIn, type ResourceData } from "../../engine/data.ts";
import { attempt, failureOf } from "../../engine/failure.ts";
import { allChecks } from "../../engine/plan-check.ts";
import { importById, type Operation } from "../../engine/resource.ts";
import { notEmpty, numberAtLeast, numberBetween, oneOf } from "../../engine/rules.ts";
import {
  askUnlessGone,
  withoutEmpty,
  type DigitalOceanContext,
  type DigitalOceanResource,
} from "./calls.ts";
import { autoscaleOf, maintenanceOf, storageOf } from "./database-cluster-settings.ts";
import { updateCluster } from "./database-cluster-update.ts";
import { waitUntilOnline } from "./database-cluster-wait.ts";
import { setConnections } from "./database-connection.ts";
import { tagName } from "./monitor-alert.ts";

type Cluster = z.infer<typeof clusterShape>;

const CACHES = ["redis", "valkey"];
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function hourAndMinute(time: string): string {
  return time.split(":").length === 3 ? time.split(":").slice(0, 2).join(":") : time;
}

function versionProblem(plan: PlanView): string | undefined {
  const before = plan.before("version");
  if (plan.has("version")) return undefined;
  return before === ""
    ? 'The argument "version" is required, but no definition was found.'
    : `The argument "version" is now required. Set the ${plan.text("engine")} version to the value saved to state: ${before}`;
}

function engineProblem(plan: PlanView): string | undefined {
  const engine = plan.text("engine");
  if (plan.has("sql_mode") && engine !== "mysql") {
    return "sql_mode is only supported for MySQL Database Clusters";
  }
  return plan.has("eviction_policy") && !CACHES.includes(engine)
    ? "eviction_policy is only supported for Redis or Valkey Database Clusters"
    : undefined;
}

function requestOf(data: ResourceData) {
  const [restore] = blocksOf(data.get("backup_restore"));
  return {
    name: data.text("name"),
    engine: data.text("engine"),
    private_network_uuid: data.text("private_network_uuid"),
    project_id: data.text("project_id"),
    rules: null,
    ...withoutEmpty({
      version: data.text("version"),
      size: data.text("size"),
      region: data.text("region"),
      num_nodes: data.number("node_count"),
      tags: [...data.texts("tags")],
      ...storageOf(data),
    }),
    ...(restore === undefined
      ? {}
      : {
          backup_restore: withoutEmpty({
            database_name: textIn(restore, "database_name"),
            backup_created_at: textIn(restore, "backup_created_at"),
          }),
        }),
    ...(data.has("storage_autoscale")
      ? { storage_autoscale: autoscaleOf(data.get("storage_autoscale")) }
      : {}),
  };
}

function setConnection(data: ResourceData, cluster: Cluster): void {
  if (cluster.connection) {
    data.set("database", cluster.connection.database);
    data.set("user", cluster.connection.user);
  }
  setConnections(data, cluster, { engine: data.text("engine"), passwordFirst: false });
  const ui = cluster.ui_connection;
  if (!ui) return;
  data.set("ui_host", ui.host);
  data.set("ui_port", ui.port);
  data.set("ui_uri", ui.uri);
  data.set("ui_database", ui.database);
  data.set("ui_user", ui.user);
  data.set("ui_password", ui.password);
}

/** Settings that the cluster's own answer lacks: each is asked for only when it is managed. */
async function readSettings(data: ResourceData, { client }: DigitalOceanContext, cluster: Cluster) {
  const at = { cluster_id: data.id };
  if (data.has("maintenance_window")) {
    const { day, hour } = cluster.maintenance_window ?? {};
    data.set("maintenance_window", [{ day, hour }]);
  }
  if (data.has("eviction_policy")) {
    const { eviction_policy } = await attempt(
      "Error retrieving eviction policy for database cluster",
      () => client.call("getEvictionPolicy", at),
    );
    data.set("eviction_policy", eviction_policy);
  }
  if (data.has("sql_mode")) {
    const { sql_mode } = await attempt("Error retrieving SQL mode for database cluster", () =>
      client.call("getSqlMode", at),
    );
    data.set("sql_mode", sql_mode);
  }
  if (data.has("storage_autoscale")) {
    const { storage } = cluster.storage_autoscale
      ? { storage: cluster.storage_autoscale }
      : await attempt("Error retrieving storage autoscale for database cluster", () =>
          client.call("getStorageAutoscale", at),
        );
    const { enabled, threshold_percent, increment_gib } = storage ?? {};
    data.set("storage_autoscale", storage ? [{ enabled, threshold_percent, increment_gib }] : []);
  }
}

const read: Operation<DigitalOcean> = async (data, context) => {
  const answer = await askUnlessGone(data, "Error retrieving database cluster", () =>
    context.client.call("getDatabase", { cluster_id: data.id }),
  );
  if (answer === undefined) return;
  const cluster = answer.database;
  data.set("name", cluster.name);
  data.set("engine", cluster.engine);
  data.set("version", cluster.version);
  data.set("size", cluster.size);
  data.set("region", cluster.region);
  data.set("node_count", cluster.num_nodes);
  data.set("storage_size_mib", String(cluster.storage_size_mib ?? 0));
  data.set("tags", cluster.tags);
  await readSettings(data, context, cluster);
  setConnection(data, cluster);
  const endpoints = cluster.metrics_endpoints ?? [];
  data.set(
    "metrics_endpoints",
    endpoints.map(({ host, port }) => `https://${host}:${port}/metrics`),
  );
  data.set("urn", `do:dbaas:${cluster.id}`);
  data.set("private_network_uuid", cluster.private_network_uuid);
  data.set("project_id", cluster.project_id);
};

/** What is set once the cluster is online. */
async function configure(data: ResourceData, { client }: DigitalOceanContext): Promise<void> {
  const at = { cluster_id: data.id };
  const [window] = data.blocks("maintenance_window");
  if (window !== undefined) {
    const body = maintenanceOf(window);
    await askUnlessGone(data, "Error adding maintenance window for database cluster", () =>
      client.call("updateDatabaseMaintenance", at, { body }),
    );
    if (data.id === "") return;
  }
  if (data.has("eviction_policy")) {
    const body = { eviction_policy: data.text("eviction_policy") };
    await attempt("Error adding eviction policy for database cluster", () =>
      client.call("setEvictionPolicy", at, { body }),
    );
  }
  if (data.has("sql_mode")) {
    const body = { sql_mode: data.text("sql_mode") };
    await attempt("Error adding SQL mode for database cluster", () =>
      client.call("setSqlMode", at, { body }),
    );
  }
}

/** A managed database (provider 2.99.1, database/resource_database_cluster.go). */
export const databaseCluster: DigitalOceanResource = {
  type: "digitalocean_database_cluster",
  behaviour: {
    force_new: ["engine", "name", "private_network_uuid", "project_id"],
    diff_suppressed: {
      engine: (old, wanted) => CACHES.includes(old) && CACHES.includes(wanted),
      "maintenance_window.hour": (old, wanted) => hourAndMinute(old) === hourAndMinute(wanted),
      version: (old, wanted, read) =>
        CACHES.includes(read("engine")) &&
        (Number.parseInt(old, 10) || 0) > (Number.parseInt(wanted, 10) || 0),
    },
    state_normalised: { region: (text) => text.toLowerCase() },
    values_validated: {
      engine: notEmpty,
      eviction_policy: notEmpty,
      "maintenance_window.day": oneOf(DAYS, { ignoreCase: true }),
      name: notEmpty,
      node_count: notEmpty,
      private_network_uuid: notEmpty,
      project_id: notEmpty,
      region: notEmpty,
      size: notEmpty,
      "storage_autoscale.increment_gib": numberAtLeast(10),
      "storage_autoscale.threshold_percent": numberBetween(15, 95),
      tags: tagName,
    },
    // An upgrade and a restore are not waited for; the autoscale answer is read under another name
    // than the API gives it.
    answered_differently: ["version", "storage_autoscale"],
    timeouts: { create: 30 * 60 },
    custom_diff: allChecks(versionProblem, engineProblem),
  },
  create: async (data, context) => {
    const { database } = await attempt("Error creating database cluster", () =>
      context.client.call("createDatabase", {}, { body: requestOf(data) }),
    );
    setConnection(data, database);
    data.id = database.id;
    try {
      await waitUntilOnline(data, context);
    } catch (error) {
      // The provider forgets the cluster, which goes on existing and costing.
      data.id = "";
      throw failureOf("Error creating database cluster", error);
    }
    await configure(data, context);
    if (data.id !== "") await read(data, context);
  },
  read,
  update: async (data, context) => {
    await updateCluster(data, context);
    if (data.id !== "") await read(data, context);
  },
  delete: async (data, { client }) => {
    await attempt("Error deleting database cluster", () =>
      client.call("deleteDatabase", { cluster_id: data.id }),
    );
  },
  importId: importById,
};
