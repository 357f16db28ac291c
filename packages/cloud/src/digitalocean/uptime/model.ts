import { z } from "zod";

import { slackSchema } from "../monitoring/slack.ts";

/** Places from which a target is tried. */
const uptimeRegions = ["us_east", "us_west", "eu_west", "se_asia"] as const;

// What the platform takes when none is named is not documented; all of them is the answer that shows a plan's gap.
const regions = z
  .array(z.enum(uptimeRegions))
  .nullable()
  .transform((named) => (named && named.length > 0 ? named : [...uptimeRegions]));

/**
 * A new check as it is sent; no field may be left out. Source: DigitalOcean API description,
 * `uptime/uptime_create_check.yml`.
 */
export const checkSchema = z.strictObject({
  name: z.string().min(1),
  type: z.enum(["ping", "http", "https"]),
  target: z.url(),
  regions,
  enabled: z.boolean(),
});

/** What of a check is changed. Source: the same, `uptime/uptime_update_check.yml`. */
export const checkUpdateSchema = z.strictObject({
  name: checkSchema.shape.name.exactOptional(),
  type: checkSchema.shape.type.exactOptional(),
  target: checkSchema.shape.target.exactOptional(),
  regions: regions.exactOptional(),
  enabled: z.boolean().exactOptional(),
});

/** An alert as it is sent. Source: DigitalOcean API description, `uptime/models/alert.yml`. */
export const uptimeAlertSchema = z.strictObject({
  name: z.string().min(1),
  type: z.enum(["latency", "down", "down_global", "ssl_expiry"]),
  threshold: z.int().min(0).default(0),
  comparison: z.enum(["greater_than", "less_than", ""]).default(""),
  period: z.enum(["2m", "3m", "5m", "10m", "15m", "30m", "1h"]),
  notifications: z.strictObject({
    email: z
      .array(z.email())
      .nullable()
      .transform((list) => list ?? []),
    slack: slackSchema,
  }),
});

/** An alert of an uptime check. */
export interface UptimeAlert extends z.infer<typeof uptimeAlertSchema> {
  readonly id: string;
}

/** An uptime check with its alerts. */
export interface UptimeCheck extends z.infer<typeof checkSchema> {
  readonly id: string;
  readonly created_at: string;
  readonly alerts: UptimeAlert[];
}
