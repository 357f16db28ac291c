import { z } from "zod";

import { slackSchema } from "./slack.ts";

/** Types of alerts about databases. */
export const databaseAlerts = [
  "load_15_alerts",
  "memory_utilization_alerts",
  "disk_utilization_alerts",
  "cpu_alerts",
].map((name) => `v1/dbaas/alerts/${name}`);

const otherAlerts = /^v1\/(?:insights\/(?:droplet|lbaas)|droplet\/autoscale_alerts)\/[a-z0-9_]+$/;

/** A policy as it is sent. Source: DigitalOcean API description, `monitoring/models/alert_policy_request.yml`. */
export const policySchema = z.strictObject({
  alerts: z.strictObject({
    email: z
      .array(z.email())
      .nullable()
      .transform((list) => list ?? []),
    slack: slackSchema,
  }),
  compare: z.enum(["GreaterThan", "LessThan"]),
  description: z.string(),
  enabled: z.boolean(),
  entities: z
    .array(z.string())
    .nullable()
    .transform((list) => list ?? []),
  tags: z
    .array(z.string())
    .nullable()
    .transform((list) => list ?? []),
  type: z.string().refine((type) => databaseAlerts.includes(type) || otherAlerts.test(type)),
  value: z.number(),
  window: z.enum(["5m", "10m", "30m", "1h"]),
});

/** An alert policy of the monitoring service. */
export interface AlertPolicy extends z.infer<typeof policySchema> {
  readonly uuid: string;
}
