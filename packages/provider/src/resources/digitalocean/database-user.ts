import type { z } from "zod";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { databaseUser as userShape } from "@mam-infra/clients/digitalocean/database-parts";
import { blocksOf, textIn, type ResourceData } from "../../engine/data.ts";
import { attempt } from "../../engine/failure.ts";
import type { Operation } from "../../engine/resource.ts";
import { notEmpty, oneOf } from "../../engine/rules.ts";
import { askUnlessGone, importParts, withoutEmpty, type DigitalOceanResource } from "./calls.ts";

type User = z.infer<typeof userShape>;

const DEFAULT_PLUGIN = "caching_sha2_password";
const PLUGINS = ["mysql_native_password", DEFAULT_PLUGIN];

function permission(text: string | null | undefined, both: string): string {
  const lower = (text ?? "").toLowerCase();
  return ["produceconsume", "produce_consume", "readwrite", "read_write"].includes(lower)
    ? both
    : lower;
}

function settingsOf(data: ResourceData) {
  const [settings = {}] = blocksOf(data.get("settings"));
  const acl = blocksOf(settings.acl).map((rule) => ({
    permission: textIn(rule, "permission"),
    topic: textIn(rule, "topic"),
  }));
  const opensearch_acl = blocksOf(settings.opensearch_acl).map((rule) => ({
    permission: textIn(rule, "permission"),
    index: textIn(rule, "index"),
  }));
  return withoutEmpty({ acl, opensearch_acl });
}

function setUser(data: ResourceData, user: User): void {
  const role = user.role ?? "";
  data.set("role", role === "" ? "normal" : role);
  // Some engines tell these only once; what the state holds is not overwritten by nothing.
  if (user.password) data.set("password", user.password);
  if (user.mysql_settings) data.set("mysql_auth_plugin", user.mysql_settings.auth_plugin);
  if (user.access_cert) data.set("access_cert", user.access_cert);
  if (user.access_key) data.set("access_key", user.access_key);
}

function setSettings(data: ResourceData, { settings }: User): void {
  if (!settings) {
    data.set("settings", []);
    return;
  }
  const acl = (settings.acl ?? []).map((rule) => ({
    id: rule.id,
    topic: rule.topic,
    permission: permission(rule.permission, "produceconsume"),
  }));
  const opensearch_acl = (settings.opensearch_acl ?? []).map((rule) => ({
    index: rule.index,
    permission: permission(rule.permission, "readwrite"),
  }));
  data.set("settings", [{ acl, opensearch_acl }]);
}

const at = (data: ResourceData) => ({
  cluster_id: data.text("cluster_id"),
  name: data.text("name"),
});

const read: Operation<DigitalOcean> = async (data, { client }) => {
  const answer = await askUnlessGone(data, "Error retrieving Database User", () =>
    client.call("getDatabaseUser", at(data)),
  );
  if (answer !== undefined) setUser(data, answer.user);
};

/** A user of a cluster (provider 2.99.1, database/resource_database_user.go). */
export const databaseUser: DigitalOceanResource = {
  type: "digitalocean_database_user",
  behaviour: {
    force_new: ["cluster_id", "name"],
    diff_suppressed: {
      mysql_auth_plugin: (old, wanted) => old === DEFAULT_PLUGIN && wanted === "",
    },
    values_validated: {
      cluster_id: notEmpty,
      mysql_auth_plugin: oneOf(PLUGINS),
      name: notEmpty,
      "settings.acl.permission": oneOf(["admin", "consume", "produce", "produceconsume"]),
      "settings.acl.topic": notEmpty,
      "settings.opensearch_acl.index": notEmpty,
      "settings.opensearch_acl.permission": oneOf(["deny", "admin", "read", "write", "readwrite"]),
    },
  },
  create: async (data, { client, serialised }) => {
    const clusterId = data.text("cluster_id");
    const plugin = data.text("mysql_auth_plugin");
    const body = {
      name: data.text("name"),
      ...(plugin === "" ? {} : { mysql_settings: { auth_plugin: plugin } }),
      ...(data.has("settings") ? { settings: settingsOf(data) } : {}),
    };
    const { user } = await serialised(`database/${clusterId}/users`, () =>
      attempt("Error creating Database User", () =>
        client.call("createDatabaseUser", { cluster_id: clusterId }, { body }),
      ),
    );
    data.id = `${clusterId}/user/${user.name}`;
    // Settings are told on creation only, so there is no read after it.
    setSettings(data, user);
    setUser(data, user);
  },
  read,
  update: async (data, context) => {
    const { client } = context;
    if (data.changed("mysql_auth_plugin")) {
      const body = {
        mysql_settings: { auth_plugin: data.text("mysql_auth_plugin") || DEFAULT_PLUGIN },
      };
      await attempt("Error updating mysql_auth_plugin for DatabaseUser", () =>
        client.call("resetDatabaseUserAuth", at(data), { body }),
      );
    }
    if (data.changed("settings")) {
      const body = data.has("settings") ? { settings: settingsOf(data) } : {};
      await attempt("Error updating settings for DatabaseUser", () =>
        client.call("updateDatabaseUser", at(data), { body }),
      );
    }
    await read(data, context);
  },
  delete: async (data, { client, serialised }) => {
    await serialised(`database/${data.text("cluster_id")}/users`, () =>
      attempt("Error deleting Database User", () => client.call("deleteDatabaseUser", at(data))),
    );
  },
  importId: (id, data) => {
    const parts = "ID of the source database cluster and the name of the user";
    const [cluster, name] = importParts(id, parts);
    data.id = `${cluster}/user/${name}`;
    data.set("cluster_id", cluster);
    data.set("name", name);
  },
};
