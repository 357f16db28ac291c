import { z } from "zod";

// The app specification in the API's own names (developers: App Platform app spec reference). Fields
// that are not listed are kept as they are: a spec that is read and written back must lose nothing.

/** An environment variable. A SECRET comes back from the API as `EV[1:...]`. */
export const appVariable = z.looseObject({
  key: z.string(),
  value: z.string().optional(),
  scope: z.string().optional(),
  type: z.string().optional(),
});

/** An alert of an app or of a component. Where it goes to is not part of the specification. */
export const appAlertSpec = z.looseObject({
  rule: z.string(),
  disabled: z.boolean().optional(),
  operator: z.string().optional(),
  value: z.number().optional(),
  window: z.string().optional(),
});

/** A container image. */
export const appImage = z.looseObject({
  registry_type: z.string().optional(),
  registry: z.string().optional(),
  repository: z.string().optional(),
  tag: z.string().optional(),
  digest: z.string().optional(),
  registry_credentials: z.string().optional(),
  deploy_on_push: z.looseObject({ enabled: z.boolean().optional() }).optional(),
});

/** What services, workers, jobs, static sites and functions share. */
export const appComponent = z.looseObject({
  name: z.string(),
  image: appImage.optional(),
  envs: z.array(appVariable).optional(),
  alerts: z.array(appAlertSpec).optional(),
  instance_count: z.number().optional(),
  instance_size_slug: z.string().optional(),
});

/** A database that an app names: a cluster's, or one of the app's own. */
const appDatabase = z.looseObject({
  name: z.string(),
  engine: z.string().optional(),
  production: z.boolean().optional(),
  cluster_name: z.string().optional(),
  db_name: z.string().optional(),
  db_user: z.string().optional(),
});

/** A whole app specification. */
export const appSpec = z.looseObject({
  maintenance: z.looseObject({ enabled: z.boolean().nullish() }).nullish(),
  name: z.string(),
  region: z.string().optional(),
  services: z.array(appComponent).optional(),
  workers: z.array(appComponent).optional(),
  jobs: z.array(appComponent).optional(),
  static_sites: z.array(appComponent).optional(),
  functions: z.array(appComponent).optional(),
  databases: z.array(appDatabase).optional(),
  domains: z.array(z.looseObject({ domain: z.string() })).optional(),
  envs: z.array(appVariable).optional(),
  alerts: z.array(appAlertSpec).optional(),
});

/** A whole app specification. */
export type AppSpec = z.infer<typeof appSpec>;
