import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { attempt } from "../../engine/failure.ts";
import type { Operation } from "../../engine/resource.ts";
import { lengthBetween, notEmpty, oneOf } from "../../engine/rules.ts";
import { askUnlessGone, importParts, type DigitalOceanResource } from "./calls.ts";
import { setConnections } from "./database-connection.ts";

const INFO = { engine: "pg", passwordFirst: true };

function splitId(id: string): { cluster_id: string; name: string } {
  const [cluster_id = "", name = ""] = id.split("/");
  return { cluster_id, name };
}

const read: Operation<DigitalOcean> = async (data, { client }) => {
  const at = splitId(data.id);
  const answer = await askUnlessGone(data, "Error retrieving DatabaseConnectionPool", () =>
    client.call("getConnectionPool", at),
  );
  if (answer === undefined) return;
  const { pool } = answer;
  data.id = `${at.cluster_id}/${pool.name}`;
  data.set("cluster_id", at.cluster_id);
  data.set("name", pool.name);
  data.set("user", pool.user);
  data.set("mode", pool.mode);
  data.set("size", pool.size);
  data.set("db_name", pool.db);
  setConnections(data, pool, INFO);
};

/** A connection pool (provider 2.99.1, database/resource_database_connection_pool.go). */
export const databaseConnectionPool: DigitalOceanResource = {
  type: "digitalocean_database_connection_pool",
  behaviour: {
    force_new: ["cluster_id", "db_name", "mode", "name", "size", "user"],
    values_validated: {
      cluster_id: notEmpty,
      db_name: notEmpty,
      mode: oneOf(["session", "transaction", "statement"]),
      name: lengthBetween(3, 63),
      size: notEmpty,
      user: notEmpty,
    },
  },
  create: async (data, context) => {
    const clusterId = data.text("cluster_id");
    const body = {
      user: data.text("user"),
      name: data.text("name"),
      size: data.number("size"),
      db: data.text("db_name"),
      mode: data.text("mode"),
    };
    const { pool } = await attempt("Error creating DatabaseConnectionPool", () =>
      context.client.call("createConnectionPool", { cluster_id: clusterId }, { body }),
    );
    data.id = `${clusterId}/${pool.name}`;
    setConnections(data, pool, INFO);
    await read(data, context);
  },
  read,
  delete: async (data, { client }) => {
    await attempt("Error deleting DatabaseConnectionPool", () =>
      client.call("deleteConnectionPool", splitId(data.id)),
    );
  },
  importId: (id, data) => {
    const [cluster, name] = importParts(
      id,
      "ID of the source database cluster and the name of the connection pool",
    );
    data.id = `${cluster}/${name}`;
    data.set("cluster_id", cluster);
    data.set("name", name);
  },
};
