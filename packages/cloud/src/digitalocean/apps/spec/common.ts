import { z } from "zod";

/** Name of an app or a component. */
export const nameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/);

/** A whole number between two limits, that may be left out. */
export const whole = (minimum: number, maximum: number) =>
  z.int().min(minimum).max(maximum).exactOptional();

/** A text that may be left out. */
export const text = z.string().exactOptional();

/** A switch that may be left out. */
export const flag = z.boolean().exactOptional();

/** An environment variable. */
const variableSchema = z.strictObject({
  key: z.string().regex(/^[_A-Za-z][_A-Za-z0-9]*$/),
  value: text,
  scope: z.enum(["UNSET", "RUN_TIME", "BUILD_TIME", "RUN_AND_BUILD_TIME"]).exactOptional(),
  type: z.enum(["GENERAL", "SECRET"]).exactOptional(),
});

/** Environment variables. */
export const variablesSchema = z.array(variableSchema).exactOptional();

const repositorySource = z
  .strictObject({ repo: z.string(), branch: text, deploy_on_push: flag })
  .exactOptional();

/** A container image. */
export const imageSchema = z.strictObject({
  registry_type: z.enum(["DOCKER_HUB", "DOCR", "GHCR"]),
  registry: text,
  repository: z.string().min(1),
  tag: text,
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .exactOptional(),
  registry_credentials: text,
  deploy_on_push: z.strictObject({ enabled: flag }).exactOptional(),
});

/** Where a component's code comes from. */
export const sourceFields = {
  git: z.strictObject({ repo_clone_url: z.string(), branch: text }).exactOptional(),
  github: repositorySource,
  gitlab: repositorySource,
  bitbucket: repositorySource,
  dockerfile_path: text,
  build_command: text,
  source_dir: text,
  environment_slug: text,
};

/** A condition that is reported. */
export const alertSchema = z.strictObject({
  rule: z.enum([
    "CPU_UTILIZATION",
    "MEM_UTILIZATION",
    "RESTART_COUNT",
    "DEPLOYMENT_FAILED",
    "DEPLOYMENT_LIVE",
    "DEPLOYMENT_STARTED",
    "DEPLOYMENT_CANCELED",
    "DOMAIN_FAILED",
    "DOMAIN_LIVE",
    "AUTOSCALE_FAILED",
    "AUTOSCALE_SUCCEEDED",
    "JOB_INVOCATION_FAILED",
    "REQUESTS_PER_SECOND",
    "REQUEST_DURATION_P95_MS",
  ]),
  disabled: flag,
  operator: z.enum(["UNSPECIFIED_OPERATOR", "GREATER_THAN", "LESS_THAN"]).exactOptional(),
  value: z.number().exactOptional(),
  window: z
    .enum(["UNSPECIFIED_WINDOW", "FIVE_MINUTES", "TEN_MINUTES", "THIRTY_MINUTES", "ONE_HOUR"])
    .exactOptional(),
});

const openSearchSchema = z.strictObject({
  endpoint: text,
  cluster_name: text,
  index_name: text,
  basic_auth: z.strictObject({ user: text, password: text }).exactOptional(),
});

/** Where a component's log goes. */
const logDestinationSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9()[\]'"][-A-Za-z0-9_. /()[\]]{0,40}[A-Za-z0-9()[\]'"]$/),
  papertrail: z.strictObject({ endpoint: z.string().min(1) }).exactOptional(),
  datadog: z.strictObject({ endpoint: text, api_key: z.string().min(1) }).exactOptional(),
  logtail: z.strictObject({ token: z.string().min(1) }).exactOptional(),
  open_search: openSearchSchema.exactOptional(),
});

/** What every component can have. */
export const componentFields = {
  name: nameSchema,
  envs: variablesSchema,
  alerts: z.array(alertSchema).exactOptional(),
  log_destinations: z.array(logDestinationSchema).exactOptional(),
};

const checkFields = {
  http_path: text,
  port: whole(1, 65_535),
  initial_delay_seconds: whole(0, 3600),
  period_seconds: whole(1, 300),
  timeout_seconds: whole(1, 120),
  failure_threshold: whole(1, 50),
};

/** When an instance is ready for traffic. */
export const healthCheckSchema = z.strictObject({
  ...checkFields,
  success_threshold: whole(1, 50),
});

/** When an instance is restarted; its success threshold is always 1. */
export const livenessCheckSchema = z.strictObject({
  ...checkFields,
  success_threshold: whole(1, 1),
});

/** Size and number of instances. */
export const instanceFields = {
  instance_size_slug: text,
  instance_count: whole(1, 250),
};

const matched = z.string().max(256);

/** Cross-origin rules of a route. */
export const appCorsSchema = z.strictObject({
  allow_origins: z
    .array(
      z.strictObject({
        exact: matched.exactOptional(),
        prefix: matched.exactOptional(),
        regex: matched.min(1).exactOptional(),
      }),
    )
    .exactOptional(),
  allow_methods: z.array(z.string()).exactOptional(),
  allow_headers: z.array(z.string()).exactOptional(),
  expose_headers: z.array(z.string()).exactOptional(),
  max_age: z
    .string()
    .regex(/^(?:\d+(?:\.\d+)?(?:h|m|s|ms))+$/)
    .exactOptional(),
  allow_credentials: flag,
});

/** A route of a component, as it was written before there was `ingress`. */
export const routesSchema = z
  .array(z.strictObject({ path: text, preserve_path_prefix: flag }))
  .exactOptional();

/** Most seconds between SIGTERM and SIGKILL. */
export const graceSchema = whole(1, 600);
