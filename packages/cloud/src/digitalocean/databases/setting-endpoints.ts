import { z } from "zod";

import { created, endpoint, noContent, ok } from "../api/endpoint.ts";
import { notImplemented, unprocessable } from "../api/errors.ts";
import { pageQuery, paginate } from "../api/pagination.ts";
import { parseStrictly } from "../api/parsing.ts";
import type { Platform } from "../platform.ts";
import { backupsOf } from "./backups.ts";
import { authorityOf } from "./certificate-authority.ts";
import { findCluster, findReadyCluster } from "./cluster.ts";
import { configOf, patchConfig, postgresConfig, valkeyConfig } from "./config.ts";
import { newRules } from "./firewall.ts";
import { addLogSink, findLogSink, logSinkRequest, logSinkUpdate } from "./logsinks.ts";
import { isPostgres } from "./model.ts";
import type { DatabaseCluster } from "./model.ts";
import {
  autoscaleRequest,
  evictionPolicySchema,
  maintenanceSchema,
  rulesSchema,
} from "./requests.ts";

const [read, update] = ["database:read", "database:update"];

function mustBeValkey(cluster: DatabaseCluster): DatabaseCluster {
  if (cluster.engine !== "valkey") {
    throw unprocessable(`eviction policies are not supported for ${cluster.engine} clusters`);
  }
  return cluster;
}

function mustHaveConfig(cluster: DatabaseCluster): DatabaseCluster {
  if (cluster.engine === "opensearch")
    throw notImplemented("the configuration of opensearch clusters");
  return cluster;
}

function checkedConfig(cluster: DatabaseCluster, body: unknown, { findings }: Platform) {
  const schema = z.strictObject({
    config: isPostgres(cluster.engine) ? postgresConfig : valkeyConfig,
  });
  const call = "PATCH /v2/databases/:id/config";
  return parseStrictly(schema, body, "body", { call, status: 422, findings }).config;
}

const firewallEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/databases/:id/firewall",
    scope: read,
    handle: ({ store, params }) => ok({ rules: findCluster(store, params.id).rules }),
  }),
  endpoint({
    method: "PUT",
    path: "/v2/databases/:id/firewall",
    scope: update,
    body: z.strictObject({ rules: rulesSchema }),
    handle: ({ store, params, body, at }) => {
      const cluster = findReadyCluster(store, params.id);
      cluster.rules = newRules(store, cluster, body.rules, at);
      return noContent();
    },
  }),
];

const configEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/databases/:id/config",
    scope: read,
    handle: ({ store, params }) =>
      ok({ config: configOf(mustHaveConfig(findReadyCluster(store, params.id))) }),
  }),
  endpoint({
    method: "PATCH",
    path: "/v2/databases/:id/config",
    scope: update,
    // Which settings there are depends on the cluster's engine.
    body: z.unknown(),
    handle: ({ platform, store, params, body }) => {
      const cluster = mustHaveConfig(findReadyCluster(store, params.id));
      patchConfig(cluster, checkedConfig(cluster, body, platform));
      return { status: 200 };
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/databases/:id/eviction_policy",
    scope: read,
    handle: ({ store, params }) => {
      const cluster = mustBeValkey(findCluster(store, params.id));
      return ok({ eviction_policy: cluster.eviction_policy });
    },
  }),
  endpoint({
    method: "PUT",
    path: "/v2/databases/:id/eviction_policy",
    scope: update,
    body: evictionPolicySchema,
    handle: ({ store, params, body }) => {
      mustBeValkey(findReadyCluster(store, params.id)).eviction_policy = body.eviction_policy;
      return noContent();
    },
  }),
];

const logSinkEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/databases/:id/logsink",
    scope: read,
    handle: ({ store, params }) => ok({ sinks: findCluster(store, params.id).logsinks }),
  }),
  endpoint({
    method: "POST",
    path: "/v2/databases/:id/logsink",
    scope: "database:create",
    body: logSinkRequest,
    handle: ({ store, params, body }) =>
      created({ sink: addLogSink(findReadyCluster(store, params.id), body) }),
  }),
  endpoint({
    method: "GET",
    path: "/v2/databases/:id/logsink/:sink_id",
    scope: read,
    handle: ({ store, params }) => ok(findLogSink(findCluster(store, params.id), params.sink_id)),
  }),
  endpoint({
    method: "PUT",
    path: "/v2/databases/:id/logsink/:sink_id",
    scope: update,
    body: logSinkUpdate,
    handle: ({ store, params, body }) => {
      const sink = findLogSink(findReadyCluster(store, params.id), params.sink_id);
      sink.config = body.config;
      return { status: 200 };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/databases/:id/logsink/:sink_id",
    scope: "database:delete",
    handle: ({ store, params }) => {
      const cluster = findCluster(store, params.id);
      cluster.logsinks.splice(cluster.logsinks.indexOf(findLogSink(cluster, params.sink_id)), 1);
      return { status: 200 };
    },
  }),
];

/** What is set on a cluster and read from it. Source: DigitalOcean API description, `databases/`. */
export const settingEndpoints = [
  ...firewallEndpoints,
  ...configEndpoints,
  ...logSinkEndpoints,
  endpoint({
    method: "PUT",
    path: "/v2/databases/:id/maintenance",
    scope: update,
    body: maintenanceSchema,
    handle: ({ store, params, body: { day, hour } }) => {
      const window = { day, hour: hour.length === 5 ? `${hour}:00` : hour };
      findReadyCluster(store, params.id).maintenance_window = window;
      return noContent();
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/databases/:id/autoscale",
    scope: read,
    handle: ({ store, params }) =>
      ok({ autoscale: { storage: findCluster(store, params.id).autoscale } }),
  }),
  endpoint({
    method: "PUT",
    path: "/v2/databases/:id/autoscale",
    scope: update,
    body: autoscaleRequest,
    handle: ({ store, params, body }) => {
      findReadyCluster(store, params.id).autoscale = body.storage;
      return noContent();
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/databases/:id/backups",
    scope: read,
    query: pageQuery,
    handle: ({ store, params, query, url, at }) => {
      const cluster = findCluster(store, params.id);
      if (cluster.engine === "valkey") {
        throw unprocessable("backups are not supported for Valkey clusters");
      }
      return ok(paginate("backups", backupsOf(cluster, at), { query, url }));
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/databases/:id/ca",
    scope: read,
    handle: ({ store, params }) => {
      const { engine } = findCluster(store, params.id);
      const authority = authorityOf(store.databaseAuthorities, engine);
      const certificate = Buffer.from(authority).toString("base64");
      return ok({ ca: { certificate } });
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/databases/metrics/credentials",
    scope: "database:view_credentials",
    handle: ({ store }) => {
      const { username, password } = store.account.metricsCredentials;
      return ok({
        credentials: { basic_auth_username: username, basic_auth_password: password },
      });
    },
  }),
];
