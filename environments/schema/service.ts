import { z } from "zod";

import { type InstanceSizeSlug, instanceSizeSlugs } from "../platform/instance-sizes.ts";
import { defaultedGroup, field, group, reason, wholeNumber } from "./field.ts";

const autoscalingSchema = group(
  "Adds and removes instances by CPU. Needs a dedicated-CPU size, and excludes `count`.",
  {
    minimum: field(wholeNumber(1, 249), { meaning: "Fewest instances.", unit: "instances" }),
    maximum: field(wholeNumber(2, 250), {
      meaning: "Most instances: the upper bound of the bill and of the database connections.",
      unit: "instances",
    }),
    cpuPercent: field(wholeNumber(1, 100).default(70), {
      meaning:
        "Average CPU that the platform steers to. Above 80 a burst is felt before an instance is there.",
      unit: "percent",
    }),
  },
);

const instancesSchema = group("How many instances run: either a count or autoscaling.", {
  count: field(wholeNumber(1, 250).optional(), {
    meaning: "Fixed number of instances.",
    unit: "instances",
  }),
  autoscaling: field(autoscalingSchema.optional(), {
    meaning: "Number of instances by load.",
    unit: "group",
  }),
  singleInstanceReason: reason("production runs a public service on one instance"),
});

const probe = {
  periodSeconds: field(wholeNumber(1, 300).default(10), {
    meaning: "Time between two checks.",
    unit: "seconds",
  }),
  timeoutSeconds: field(wholeNumber(1, 120).default(3), {
    meaning: "Time an answer may take; shorter than the period.",
    unit: "seconds",
  }),
};

/** When a new instance counts as ready, which is when traffic moves to it. */
const healthSchema = (path: string) =>
  defaultedGroup(
    "Readiness check: a new instance gets traffic only after it, and a deployment that never passes it leaves the old version serving.",
    {
      path: field(z.string().startsWith("/").default(path), {
        meaning: "Path that answers 200 when the instance can serve.",
        unit: "path",
        examples: [path],
      }),
      initialDelaySeconds: field(wholeNumber(0, 3600).default(5), {
        meaning: "Wait before the first check.",
        unit: "seconds",
      }),
      ...probe,
      successThreshold: field(wholeNumber(1, 50).default(1), {
        meaning: "Consecutive good answers that make it ready.",
        unit: "checks",
      }),
      failureThreshold: field(wholeNumber(1, 50).default(6), {
        meaning: "Consecutive bad answers that take it out of traffic.",
        unit: "checks",
      }),
    },
  );

/** When a running instance counts as hung, which is when the platform restarts it. */
const livenessSchema = (path: string) =>
  defaultedGroup(
    "Liveness check: the platform restarts an instance that fails it. It must not depend on the database, or an outage there restarts everything.",
    {
      path: field(z.string().startsWith("/").default(path), {
        meaning: "Path that answers 200 while the process works.",
        unit: "path",
        examples: [path],
      }),
      initialDelaySeconds: field(wholeNumber(5, 3600).default(15), {
        meaning: "Wait before the first check.",
        unit: "seconds",
      }),
      ...probe,
      failureThreshold: field(wholeNumber(1, 50).default(18), {
        meaning:
          "Consecutive bad answers that restart the instance: 18 every 10 seconds are three minutes.",
        unit: "checks",
      }),
    },
  );

/** Time that a component has to end. */
export const graceSeconds = (seconds: number) =>
  field(z.number().int().default(seconds), {
    meaning:
      "Time between SIGTERM and SIGKILL: running requests or jobs must end, or be given back, within it. The platform allows 1 to 600.",
    unit: "seconds",
  });

/** What every component has, whatever it does. */
export const componentFields = (defaults: {
  repository: string;
  port: number;
  health: string;
}) => ({
  repository: field(z.string().min(1).default(defaults.repository), {
    meaning:
      "Repository of the image in the account's DigitalOcean Container Registry. The digest comes from the release file.",
    unit: "name",
    examples: [defaults.repository],
  }),
  size: field(z.enum(instanceSizeSlugs), { meaning: "Size of each instance.", unit: "slug" }),
  instances: instancesSchema,
  port: field(wholeNumber(1024, 65_535).default(defaults.port), {
    meaning: "Port the process listens on, also told to it as PORT.",
    unit: "port",
  }),
  liveness: livenessSchema(defaults.health),
});

/** What the three services have beside the fields of every component. */
export const serviceFields = (defaults: { repository: string; port: number; health: string }) => ({
  ...componentFields(defaults),
  health: healthSchema(defaults.health),
  termination: defaultedGroup("How an instance is taken away.", {
    drainSeconds: field(z.number().int().default(30), {
      meaning: "Time between leaving the load balancer and SIGTERM. The platform allows 1 to 110.",
      unit: "seconds",
    }),
    graceSeconds: graceSeconds(120),
  }),
});

/** How a worker instance is taken away: workers have no traffic, so nothing to drain. */
export const workerTermination = () =>
  defaultedGroup("How an instance is taken away.", { graceSeconds: graceSeconds(600) });

/** Size and time of the migration job. */
export const migrationSchema = defaultedGroup(
  "The PRE_DEPLOY job that migrates the database with the API's image. When it fails, the deployment stops and the old version serves on.",
  {
    command: field(z.string().min(1).default("npm run migrate"), {
      meaning: "Command of the image.",
      unit: "command",
      examples: ["npm run migrate"],
    }),
    size: field(z.enum(instanceSizeSlugs).default("apps-s-1vcpu-1gb" satisfies InstanceSizeSlug), {
      meaning: "Size of the one instance that runs it.",
      unit: "slug",
    }),
    graceSeconds: graceSeconds(600),
  },
);
