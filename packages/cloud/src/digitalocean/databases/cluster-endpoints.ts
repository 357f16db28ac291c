import { z } from "zod";

import { accepted, created, endpoint, noContent, ok } from "../api/endpoint.ts";
import { notImplemented, unprocessable } from "../api/errors.ts";
import { pageQuery, paginate } from "../api/pagination.ts";
import { createCluster, destroyCluster, findCluster, findReadyCluster } from "./cluster.ts";
import type { ClusterRequest } from "./cluster.ts";
import { describeCluster } from "./description.ts";
import { migrateCluster, resizeCluster, upgradeCluster } from "./lifecycle.ts";
import { engines } from "./model.ts";
import type { Engine } from "./model.ts";
import { databaseOptions, describeOptions } from "./options.ts";
import { createClusterSchema } from "./requests.ts";

const isPlayed = (engine: string): engine is Engine => engines.some((one) => one === engine);

/** Caching clusters ended on 2025-04-30: DigitalOcean API description, `databases/databases_create_cluster.yml`. */
function toRequest(body: z.infer<typeof createClusterSchema>): ClusterRequest {
  const { engine, version, ...rest } = body;
  if (engine === "redis") {
    throw unprocessable("Caching (redis) clusters can no longer be created; use valkey");
  }
  if (!isPlayed(engine)) throw notImplemented(`databases of engine ${engine}`);
  const offered = databaseOptions[engine].versions.find((one) => one.default)?.version;
  return { ...rest, engine, version: version ?? offered ?? "" };
}

/** `/v2/databases` and what concerns a whole cluster. Source: DigitalOcean API description, `databases/`. */
export const clusterEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/databases/options",
    scope: "database:read",
    handle: ({ store }) => ok(describeOptions(store)),
  }),
  endpoint({
    method: "GET",
    path: "/v2/databases",
    scope: "database:read",
    query: pageQuery.extend({ tag_name: z.string().exactOptional() }),
    handle: ({ store, query, url }) => {
      const { tag_name: tag } = query;
      const clusters = store.databases
        .filter(({ tags }) => tag === undefined || tags.includes(tag))
        .map((cluster) => describeCluster(store, cluster));
      return ok(paginate("databases", clusters, { query, url }));
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/databases",
    scope: "database:create",
    body: createClusterSchema,
    handle: ({ store, body, at }) => {
      const cluster = createCluster(store, toRequest(body), at);
      if (body.autoscale) cluster.autoscale = body.autoscale.storage;
      return created({ database: describeCluster(store, cluster) });
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/databases/:id",
    scope: "database:read",
    handle: ({ store, params }) =>
      ok({ database: describeCluster(store, findCluster(store, params.id)) }),
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/databases/:id",
    scope: "database:delete",
    handle: ({ store, params, at }) => {
      destroyCluster(store, findCluster(store, params.id), at);
      return noContent();
    },
  }),
  endpoint({
    method: "PUT",
    path: "/v2/databases/:id/resize",
    scope: "database:update",
    body: z.strictObject({
      size: z.string(),
      num_nodes: z.int().min(1),
      storage_size_mib: z.int().positive().exactOptional(),
    }),
    handle: ({ store, params, body, at }) => {
      resizeCluster(store, findReadyCluster(store, params.id), body, at);
      return accepted();
    },
  }),
  endpoint({
    method: "PUT",
    path: "/v2/databases/:id/migrate",
    scope: "database:update",
    body: z.strictObject({
      region: z.string(),
      private_network_uuid: z.string().exactOptional(),
    }),
    handle: ({ store, params, body, at }) => {
      migrateCluster(store, findReadyCluster(store, params.id), body, at);
      return accepted();
    },
  }),
  endpoint({
    method: "PUT",
    path: "/v2/databases/:id/upgrade",
    scope: "database:update",
    body: z.strictObject({ version: z.string() }),
    handle: ({ store, params, body, at }) => {
      upgradeCluster(store, findReadyCluster(store, params.id), body.version, at);
      return noContent();
    },
  }),
];
