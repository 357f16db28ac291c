import { z } from "zod";

import { engines, sourceTypes } from "./model.ts";

const clusterName = z.string().regex(/^[a-z][a-z0-9-]{1,61}[a-z0-9]$/);
const idOrEmpty = z.union([z.literal(""), z.uuid()]);
const tagName = z.string().regex(/^[a-zA-Z0-9_\-:]{1,255}$/);

/** Trusted sources as a client sends them: its own guesses at read-only fields are allowed and without effect. */
export const rulesSchema = z.array(
  z.strictObject({
    type: z.enum(sourceTypes),
    value: z.string().min(1),
    uuid: idOrEmpty.exactOptional(),
    cluster_uuid: z.string().exactOptional(),
    created_at: z.string().exactOptional(),
    description: z.string().exactOptional(),
  }),
);

const autoscaleSchema = z.strictObject({
  enabled: z.boolean(),
  threshold_percent: z.int().min(15).max(95).exactOptional(),
  increment_gib: z.int().min(10).max(500).exactOptional(),
});

/** POST /v2/databases. */
export const createClusterSchema = z.strictObject({
  name: clusterName,
  // Every engine of the platform is understood, so that those which the rehearsal does not play are named as such.
  engine: z.enum([...engines, "redis", "mysql", "mongodb", "kafka", "advanced_mysql"]),
  version: z.string().exactOptional(),
  size: z.string(),
  num_nodes: z.int().min(1),
  region: z.string(),
  private_network_uuid: idOrEmpty.exactOptional(),
  project_id: idOrEmpty.exactOptional(),
  tags: z.array(tagName).nullable().exactOptional(),
  rules: rulesSchema.nullable().exactOptional(),
  storage_size_mib: z.int().positive().exactOptional(),
  backup_restore: z
    .strictObject({
      database_name: z.string(),
      backup_created_at: z.iso.datetime().exactOptional(),
    })
    .exactOptional(),
  autoscale: z.strictObject({ storage: autoscaleSchema }).exactOptional(),
});

/** PUT /v2/databases/:id/autoscale. */
export const autoscaleRequest = z.strictObject({ storage: autoscaleSchema });

/** PUT /v2/databases/:id/maintenance. */
export const maintenanceSchema = z.strictObject({
  day: z.enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]),
  hour: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/),
});

/** PUT /v2/databases/:id/eviction_policy: with underscores, unlike the same setting in the cluster's configuration. */
export const evictionPolicySchema = z.strictObject({
  eviction_policy: z.enum([
    "noeviction",
    "allkeys_lru",
    "allkeys_random",
    "volatile_lru",
    "volatile_random",
    "volatile_ttl",
  ]),
});

const userSettings = z.strictObject({
  pg_allow_replication: z.boolean().exactOptional(),
  opensearch_acl: z
    .array(
      z.strictObject({
        index: z.string(),
        permission: z.enum(["deny", "admin", "read", "readwrite", "write"]),
      }),
    )
    .exactOptional(),
});

/** POST /v2/databases/:id/users. */
export const addUserSchema = z.strictObject({
  name: z.string().min(1).max(63),
  settings: userSettings.exactOptional(),
});

/** PUT /v2/databases/:id/users/:name. */
export const updateUserSchema = z.strictObject({ settings: userSettings });

/** PUT /v2/databases/:id/pools/:name. */
export const updatePoolSchema = z.strictObject({
  mode: z.enum(["session", "transaction", "statement"]),
  size: z.int().min(1),
  db: z.string(),
  /** Empty, as godo sends it, or absent: every user connects as itself. */
  user: z.string().exactOptional(),
});

/** POST /v2/databases/:id/pools. */
export const addPoolSchema = updatePoolSchema.extend({
  name: z.string().regex(/^[A-Za-z0-9_-]{3,63}$/),
});
