import { z } from "zod";

import { created, endpoint, noContent, ok } from "../api/endpoint.ts";
import { pageQuery, paginate } from "../api/pagination.ts";
import { findCluster, findReadyCluster } from "./cluster.ts";
import { describePool, describeUser } from "./description.ts";
import { addPool, findPool, removePool, updatePool } from "./pools.ts";
import { addPoolSchema, addUserSchema, updatePoolSchema, updateUserSchema } from "./requests.ts";
import {
  addDatabase,
  addUser,
  findDatabase,
  findUser,
  removeDatabase,
  removeUser,
  resetPassword,
} from "./users.ts";

const [read, create, update, remove] = [
  "database:read",
  "database:create",
  "database:update",
  "database:delete",
];

const userEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/databases/:id/users",
    scope: read,
    query: pageQuery,
    handle: ({ store, params, query, url }) => {
      const { users } = findCluster(store, params.id);
      return ok(paginate("users", users.map(describeUser), { query, url }));
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/databases/:id/users",
    scope: create,
    body: addUserSchema,
    handle: ({ store, params, body }) => {
      const user = addUser(findReadyCluster(store, params.id), body.name, body.settings);
      return created({ user: describeUser(user) });
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/databases/:id/users/:name",
    scope: read,
    handle: ({ store, params }) =>
      ok({ user: describeUser(findUser(findCluster(store, params.id), params.name)) }),
  }),
  endpoint({
    method: "PUT",
    path: "/v2/databases/:id/users/:name",
    scope: update,
    body: updateUserSchema,
    handle: ({ store, params, body }) => {
      const user = findUser(findReadyCluster(store, params.id), params.name);
      user.settings = body.settings;
      return created({ user: describeUser(user) });
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/databases/:id/users/:name/reset_auth",
    // Not update: databases_reset_auth.yml says so.
    scope: create,
    body: z.strictObject({}).optional(),
    handle: ({ store, params }) => {
      const user = findUser(findReadyCluster(store, params.id), params.name);
      return ok({ user: describeUser(resetPassword(user)) });
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/databases/:id/users/:name",
    scope: remove,
    handle: ({ store, params }) => {
      const cluster = findReadyCluster(store, params.id);
      removeUser(cluster, findUser(cluster, params.name));
      return noContent();
    },
  }),
];

const databaseEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/databases/:id/dbs",
    scope: read,
    query: pageQuery,
    handle: ({ store, params, query, url }) => {
      const { dbs } = findCluster(store, params.id);
      const list = dbs.map((name) => ({ name }));
      return ok(paginate("dbs", list, { query, url }));
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/databases/:id/dbs",
    scope: create,
    body: z.strictObject({ name: z.string().min(1).max(63) }),
    handle: ({ store, params, body }) =>
      created({ db: { name: addDatabase(findReadyCluster(store, params.id), body.name) } }),
  }),
  endpoint({
    method: "GET",
    path: "/v2/databases/:id/dbs/:name",
    scope: read,
    handle: ({ store, params }) =>
      ok({ db: { name: findDatabase(findCluster(store, params.id), params.name) } }),
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/databases/:id/dbs/:name",
    scope: remove,
    handle: ({ store, params }) => {
      removeDatabase(findReadyCluster(store, params.id), params.name);
      return noContent();
    },
  }),
];

const poolEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/databases/:id/pools",
    scope: read,
    handle: ({ store, params }) => {
      const cluster = findCluster(store, params.id);
      return ok({ pools: cluster.pools.map((pool) => describePool(cluster, pool)) });
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/databases/:id/pools",
    scope: create,
    body: addPoolSchema,
    handle: ({ store, params, body }) => {
      const cluster = findReadyCluster(store, params.id);
      return created({ pool: describePool(cluster, addPool(cluster, body)) });
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/databases/:id/pools/:name",
    scope: read,
    handle: ({ store, params }) => {
      const cluster = findCluster(store, params.id);
      return ok({ pool: describePool(cluster, findPool(cluster, params.name)) });
    },
  }),
  endpoint({
    method: "PUT",
    path: "/v2/databases/:id/pools/:name",
    scope: update,
    body: updatePoolSchema,
    handle: ({ store, params, body }) => {
      const cluster = findReadyCluster(store, params.id);
      updatePool(cluster, findPool(cluster, params.name), body);
      return noContent();
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/databases/:id/pools/:name",
    scope: remove,
    handle: ({ store, params }) => {
      const cluster = findReadyCluster(store, params.id);
      removePool(cluster, findPool(cluster, params.name));
      return noContent();
    },
  }),
];

/** Users, logical databases and pools of a cluster. Source: DigitalOcean API description, `databases/`. */
export const memberEndpoints = [...userEndpoints, ...databaseEndpoints, ...poolEndpoints];
