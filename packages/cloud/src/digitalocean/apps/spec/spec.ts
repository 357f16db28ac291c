import { z } from "zod";

import { alertSchema, appCorsSchema, flag, nameSchema, text, variablesSchema } from "./common.ts";
import {
  databaseSchema,
  functionsSchema,
  jobSchema,
  serviceSchema,
  staticSiteSchema,
  workerSchema,
} from "./components.ts";

const ruleSchema = z.strictObject({
  match: z
    .strictObject({
      path: z.strictObject({ prefix: z.string().max(256) }).exactOptional(),
      authority: z.strictObject({ exact: z.string().max(256) }).exactOptional(),
    })
    .exactOptional(),
  component: z
    .strictObject({ name: z.string(), preserve_path_prefix: flag, rewrite: text })
    .exactOptional(),
  redirect: z
    .strictObject({
      uri: text,
      authority: text,
      port: z.int().exactOptional(),
      scheme: text,
      redirect_code: z.int().exactOptional(),
    })
    .exactOptional(),
  cors: appCorsSchema.exactOptional(),
});

const domainSchema = z.strictObject({
  domain: z
    .string()
    .min(4)
    .max(253)
    .regex(/^(?:(?:xn--)?[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*\.)+[a-zA-Z]{2,}\.?$/),
  type: z.enum(["UNSPECIFIED", "DEFAULT", "PRIMARY", "ALIAS"]).exactOptional(),
  wildcard: flag,
  zone: text,
  minimum_tls_version: z.enum(["1.2", "1.3"]).exactOptional(),
});

const list = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).exactOptional();

/**
 * An app's specification, and nothing beside it: a misspelt or newer field is an error instead of silence. Sources:
 * DigitalOcean API description, `apps/models/app_spec.yml`; godo 1.202.0, `apps.gen.go`, for component alerts,
 * `secure_header`, SCHEDULED jobs and the types of the wire, where the description lags behind.
 */
export const appSpecSchema = z.strictObject({
  name: nameSchema,
  region: text,
  services: list(serviceSchema),
  workers: list(workerSchema),
  jobs: list(jobSchema),
  static_sites: list(staticSiteSchema),
  functions: list(functionsSchema),
  databases: list(databaseSchema),
  domains: list(domainSchema),
  envs: variablesSchema,
  alerts: list(alertSchema),
  ingress: z
    .strictObject({
      rules: list(ruleSchema),
      secure_header: z
        .strictObject({ key: z.string(), value: text, remove_header: flag })
        .exactOptional(),
    })
    .exactOptional(),
  egress: z
    .strictObject({ type: z.enum(["AUTOASSIGN", "DEDICATED_IP"]).exactOptional() })
    .exactOptional(),
  features: list(z.string()),
  maintenance: z
    .strictObject({ enabled: flag, archive: flag, offline_page_url: text })
    .exactOptional(),
  vpc: z.strictObject({ id: text }).exactOptional(),
  disable_edge_cache: flag,
  disable_email_obfuscation: flag,
  enhanced_threat_control_enabled: flag,
});

/** An app's specification. */
export type AppSpec = z.infer<typeof appSpecSchema>;
/** A service of a specification. */
export type ServiceSpec = z.infer<typeof serviceSchema>;
/** A worker of a specification. */
export type WorkerSpec = z.infer<typeof workerSchema>;
/** A job of a specification. */
export type JobSpec = z.infer<typeof jobSchema>;
/** A database of a specification. */
export type DatabaseSpec = z.infer<typeof databaseSchema>;
/** A rule of a specification's ingress. */
export type IngressRule = z.infer<typeof ruleSchema>;

/** A component that runs containers. */
export type RunningComponent =
  | { readonly kind: "service"; readonly spec: ServiceSpec }
  | { readonly kind: "worker"; readonly spec: WorkerSpec }
  | { readonly kind: "job"; readonly spec: JobSpec };

/** The components that run containers: services, workers, jobs, in this order. */
export function runningComponents(spec: AppSpec): RunningComponent[] {
  return [
    ...(spec.services ?? []).map((one) => ({ kind: "service" as const, spec: one })),
    ...(spec.workers ?? []).map((one) => ({ kind: "worker" as const, spec: one })),
    ...(spec.jobs ?? []).map((one) => ({ kind: "job" as const, spec: one })),
  ];
}

/** Names of all components, whatever they are. */
export function componentNames(spec: AppSpec): string[] {
  return [
    ...runningComponents(spec).map((one) => one.spec.name),
    ...(spec.static_sites ?? []).map(({ name }) => name),
    ...(spec.functions ?? []).map(({ name }) => name),
    ...(spec.databases ?? []).map(({ name }) => name),
  ];
}
