import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import type { ResourceData } from "../../engine/data.ts";
import { attempt, ProviderCrash } from "../../engine/failure.ts";
import type { DigitalOceanContext } from "./calls.ts";
import { autoscaleOf, maintenanceOf, storageOf } from "./database-cluster-settings.ts";
import { waitUntilOnline } from "./database-cluster-wait.ts";
import { setChange } from "./project-assignment.ts";

/** A part of an update: what it is for, and what it does. */
interface Step {
  readonly attributes: readonly string[];
  readonly doing: string;
  readonly run: (data: ResourceData, context: DigitalOceanContext) => Promise<unknown>;
  /** A cluster that is gone ends the update without a failure. */
  readonly endsWhenGone?: boolean;
  readonly waits?: boolean;
}

const at = (data: ResourceData): { cluster_id: string } => ({ cluster_id: data.id });

async function updateTags(data: ResourceData, { client }: DigitalOceanContext): Promise<void> {
  const { removed, added } = setChange(data.textsBefore("tags"), data.texts("tags"));
  const body = { resources: [{ resource_id: data.id, resource_type: "database" }] };
  for (const tag of removed) await client.call("untagResources", { tag }, { body });
  for (const tag of added) {
    await client.call("createTag", {}, { body: { name: tag } });
    await client.call("tagResources", { tag }, { body });
  }
}

// In the provider's order (2.99.1, database/resource_database_cluster.go). An upgrade is not waited
// for: the state keeps the old version until a later refresh.
const STEPS: readonly Step[] = [
  {
    attributes: ["size", "node_count", "storage_size_mib"],
    doing: "Error resizing database cluster",
    run: (data, { client }) =>
      client.call("resizeDatabase", at(data), {
        body: {
          size: data.text("size"),
          num_nodes: data.number("node_count"),
          ...(data.changed("storage_size_mib") ? storageOf(data) : {}),
        },
      }),
    endsWhenGone: true,
    waits: true,
  },
  {
    attributes: ["region"],
    doing: "Error migrating database cluster",
    run: (data, { client }) =>
      client.call("migrateDatabase", at(data), {
        body: { region: data.text("region"), private_network_uuid: "" },
      }),
    endsWhenGone: true,
    waits: true,
  },
  {
    attributes: ["maintenance_window"],
    doing: "Error updating maintenance window for database cluster",
    run: (data, { client }) => {
      const [window] = data.blocks("maintenance_window");
      if (window === undefined) {
        throw new ProviderCrash("a maintenance window cannot be taken away.");
      }
      return client.call("updateDatabaseMaintenance", at(data), { body: maintenanceOf(window) });
    },
    endsWhenGone: true,
  },
  {
    attributes: ["eviction_policy"],
    doing: "Error updating eviction policy for database cluster",
    run: (data, { client }) =>
      client.call("setEvictionPolicy", at(data), {
        body: { eviction_policy: data.text("eviction_policy") || "noeviction" },
      }),
  },
  {
    attributes: ["sql_mode"],
    doing: "Error updating SQL mode for database cluster",
    run: (data, { client }) =>
      client.call("setSqlMode", at(data), { body: { sql_mode: data.text("sql_mode") } }),
  },
  {
    attributes: ["version"],
    doing: "Error upgrading version for database cluster",
    run: (data, { client }) =>
      client.call("upgradeDatabase", at(data), { body: { version: data.text("version") } }),
  },
  { attributes: ["tags"], doing: "Error updating tags", run: updateTags },
  {
    attributes: ["storage_autoscale"],
    doing: "Error updating storage autoscale for database cluster",
    run: async (data, { client }) => {
      if (!data.has("storage_autoscale")) return;
      const storage = autoscaleOf(data.get("storage_autoscale"));
      await client.call("setStorageAutoscale", at(data), { body: { storage } });
    },
  },
];

async function runStep(
  step: Step,
  data: ResourceData,
  context: DigitalOceanContext,
): Promise<void> {
  const gone = await attempt(step.doing, () =>
    step.run(data, context).then(
      () => false,
      (error: unknown) => {
        if (step.endsWhenGone === true && refusedWith(error) === 404) return true;
        throw error;
      },
    ),
  );
  if (gone) data.id = "";
  else if (step.waits === true) await attempt(step.doing, () => waitUntilOnline(data, context));
}

/** Brings a cluster to what is planned, one changed aspect after the other. */
export async function updateCluster(
  data: ResourceData,
  context: DigitalOceanContext,
): Promise<void> {
  for (const step of STEPS) {
    if (data.id !== "" && data.changed(...step.attributes)) await runStep(step, data, context);
  }
}
