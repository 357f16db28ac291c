import { z } from "zod";

import {
  componentFields,
  appCorsSchema,
  flag,
  graceSchema,
  healthCheckSchema,
  imageSchema,
  instanceFields,
  livenessCheckSchema,
  nameSchema,
  routesSchema,
  sourceFields,
  text,
  variablesSchema,
  whole,
} from "./common.ts";

const autoscalingSchema = z.strictObject({
  min_instance_count: z.int().min(1),
  max_instance_count: z.int().min(1).max(250),
  metrics: z.strictObject({
    cpu: z.strictObject({ percent: whole(1, 100) }).exactOptional(),
    requests_per_second: z.strictObject({ per_instance: whole(1, 1_000_000) }).exactOptional(),
    request_duration: z.strictObject({ p95_milliseconds: whole(1, 1_000_000) }).exactOptional(),
  }),
});

const running = {
  ...componentFields,
  ...sourceFields,
  ...instanceFields,
  image: imageSchema.exactOptional(),
  run_command: text,
};

/** A component with an address. */
export const serviceSchema = z.strictObject({
  ...running,
  autoscaling: autoscalingSchema.exactOptional(),
  http_port: whole(1, 65_535),
  protocol: z.enum(["HTTP", "HTTP2"]).exactOptional(),
  internal_ports: z.array(z.int().min(1).max(65_535)).exactOptional(),
  health_check: healthCheckSchema.exactOptional(),
  liveness_health_check: livenessCheckSchema.exactOptional(),
  cors: appCorsSchema.exactOptional(),
  routes: routesSchema,
  termination: z
    .strictObject({ drain_seconds: whole(1, 110), grace_period_seconds: graceSchema })
    .exactOptional(),
});

/** A component that works without being asked. */
export const workerSchema = z.strictObject({
  ...running,
  autoscaling: autoscalingSchema.exactOptional(),
  liveness_health_check: livenessCheckSchema.exactOptional(),
  termination: z.strictObject({ grace_period_seconds: graceSchema }).exactOptional(),
});

/** A component that runs once in a deployment. */
export const jobSchema = z.strictObject({
  ...running,
  kind: z
    .enum(["UNSPECIFIED", "PRE_DEPLOY", "POST_DEPLOY", "FAILED_DEPLOY", "SCHEDULED"])
    .exactOptional(),
  schedule: z.strictObject({ cron: z.string(), time_zone: text }).exactOptional(),
  timeout: text,
  termination: z.strictObject({ grace_period_seconds: graceSchema }).exactOptional(),
});

/** A component of files. */
export const staticSiteSchema = z.strictObject({
  name: nameSchema,
  envs: variablesSchema,
  ...sourceFields,
  output_dir: text,
  index_document: text,
  error_document: text,
  catchall_document: text,
  cors: appCorsSchema.exactOptional(),
  routes: routesSchema,
});

/** A component of functions. */
export const functionsSchema = z.strictObject({
  ...componentFields,
  git: sourceFields.git,
  github: sourceFields.github,
  gitlab: sourceFields.gitlab,
  bitbucket: sourceFields.bitbucket,
  source_dir: text,
  cors: appCorsSchema.exactOptional(),
  routes: routesSchema,
});

/** A database as an app sees it. */
export const databaseSchema = z.strictObject({
  name: nameSchema,
  engine: z
    .enum(["UNSET", "MYSQL", "PG", "REDIS", "MONGODB", "KAFKA", "OPENSEARCH", "VALKEY"])
    .exactOptional(),
  version: text,
  production: flag,
  cluster_name: text,
  db_name: text,
  db_user: text,
});
