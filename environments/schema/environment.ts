import { z } from "zod";

import { alertingSchema } from "./alerting.ts";
import { cacheSchema } from "./cache.ts";
import { costSchema } from "./cost.ts";
import { databaseSchema } from "./database.ts";
import { domainSchema } from "./domain.ts";
import { field, group } from "./field.ts";
import { logsSchema } from "./logs.ts";
import { monitoringSchema } from "./monitoring.ts";
import { networkSchema } from "./network.ts";
import { secretsSchema } from "./secrets.ts";
import { servicesSchema } from "./services.ts";
import { stateSchema } from "./state.ts";
import { storageSchema } from "./storage.ts";

const slug = z.string().regex(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/);

/**
 * The description of an environment: who it is, and twelve sections of what it has. Everything that provisions, checks or
 * documents the platform reads this one shape.
 */
export const environmentSchema = group("An environment of the platform.", {
  name: field(slug, {
    meaning:
      "Name of the environment: first part of its stacks' names. Changing it means another platform.",
    unit: "slug",
    examples: ["production", "staging"],
  }),
  tier: field(z.enum(["production", "staging"]), {
    meaning: "`production` turns on the rules that keep a live platform safe.",
    unit: "choice",
  }),
  product: field(slug.max(11).default("mam"), {
    meaning: "First part of the names of everything on DigitalOcean.",
    unit: "slug",
    examples: ["mam"],
  }),
  network: networkSchema,
  database: databaseSchema,
  cache: cacheSchema,
  storage: storageSchema,
  services: servicesSchema,
  secrets: secretsSchema,
  domain: domainSchema,
  alerting: alertingSchema,
  monitoring: monitoringSchema,
  logs: logsSchema,
  state: stateSchema,
  cost: costSchema,
});

/** What an environment file contains: fields that have a default may be left out. */
export type EnvironmentInput = z.input<typeof environmentSchema>;

/** A checked environment with every default filled in: what rules, constructs and commands read. */
export type EnvironmentConfig = z.output<typeof environmentSchema>;

/** Names of the components of the pipeline; each has an image of its own. */
export const componentNames = ["frontend", "api", "worker", "edge"] as const;

/** One of the four components. */
export type ComponentName = (typeof componentNames)[number];

/**
 * Names of all images of a release. The backup is no component of the pipeline: a release may have none of it, and the app then
 * has no such worker.
 */
export const imageNames = [...componentNames, "backup"] as const;

/** Name of an image of a release. */
export type ImageName = (typeof imageNames)[number];

/** The components that answer requests from outside. */
export const publicServiceNames = ["frontend", "api", "edge"] as const;

/** One of the public services. */
export type PublicServiceName = (typeof publicServiceNames)[number];
