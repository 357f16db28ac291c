import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { attempt } from "../../engine/failure.ts";
import type { Operation } from "../../engine/resource.ts";
import { notEmpty } from "../../engine/rules.ts";
import { askUnlessGone, importParts, type DigitalOceanResource } from "./calls.ts";

const read: Operation<DigitalOcean> = async (data, { client }) => {
  const parameters = { cluster_id: data.text("cluster_id"), name: data.text("name") };
  await askUnlessGone(data, "Error retrieving Database DB", () =>
    client.call("getDatabaseDb", parameters),
  );
};

/** A database of a cluster (provider 2.99.1, database/resource_database_db.go). */
export const databaseDb: DigitalOceanResource = {
  type: "digitalocean_database_db",
  behaviour: {
    force_new: ["cluster_id", "name"],
    values_validated: { cluster_id: notEmpty, name: notEmpty },
  },
  create: async (data, context) => {
    const clusterId = data.text("cluster_id");
    const { db } = await attempt("Error creating Database DB", () =>
      context.client.call(
        "createDatabaseDb",
        { cluster_id: clusterId },
        { body: { name: data.text("name") } },
      ),
    );
    data.id = `${clusterId}/database/${db.name}`;
    await read(data, context);
  },
  read,
  delete: async (data, { client }) => {
    const parameters = { cluster_id: data.text("cluster_id"), name: data.text("name") };
    await attempt("Error deleting Database DB", () => client.call("deleteDatabaseDb", parameters));
  },
  importId: (id, data) => {
    const parts = "ID of the source database cluster and the name of the database";
    const [cluster, name] = importParts(id, parts);
    data.id = `${cluster}/database/${name}`;
    data.set("cluster_id", cluster);
    data.set("name", name);
  },
};
