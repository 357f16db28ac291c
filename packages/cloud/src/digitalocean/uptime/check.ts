import { randomUUID } from "node:crypto";

import { z } from "zod";

import { mustBeMembers } from "../account/members.ts";
import { notFound, unprocessable } from "../api/errors.ts";
import { answersTo } from "../apps/traffic/traffic.ts";
import { slackSchema } from "../monitoring/slack.ts";
import type { Store } from "../store.ts";

/** Places from which a target is tried. */
const uptimeRegions = ["us_east", "us_west", "eu_west", "se_asia"] as const;

/** A check as it is sent. Source: DigitalOcean API description, `uptime/models/check.yml`. */
export const checkSchema = z.strictObject({
  name: z.string().min(1),
  type: z.enum(["ping", "http", "https"]),
  target: z.url(),
  // What the platform takes when none is named is not documented; all of them is the answer that shows a plan's gap.
  regions: z
    .array(z.enum(uptimeRegions))
    .nullable()
    .default([])
    .transform((regions) => (regions && regions.length > 0 ? regions : [...uptimeRegions])),
  enabled: z.boolean().default(true),
});

/** An alert as it is sent. Source: DigitalOcean API description, `uptime/models/alert.yml`. */
export const alertSchema = z.strictObject({
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
export interface UptimeAlert extends z.infer<typeof alertSchema> {
  readonly id: string;
}

/** An uptime check with its alerts. */
export interface UptimeCheck extends z.infer<typeof checkSchema> {
  readonly id: string;
  readonly created_at: string;
  readonly alerts: UptimeAlert[];
}

/** Finds a check. @throws ApiError 404. */
export function findCheck({ uptimeChecks }: Store, id: string): UptimeCheck {
  const check = uptimeChecks.find((one) => one.id === id);
  if (!check) throw notFound("check not found");
  return check;
}

/** Finds an alert of a check. @throws ApiError 404. */
export function findAlert({ alerts }: UptimeCheck, id: string): UptimeAlert {
  const alert = alerts.find((one) => one.id === id);
  if (!alert) throw notFound("alert not found");
  return alert;
}

/** Adds a check. */
export function addCheck(store: Store, check: z.infer<typeof checkSchema>, at: Date): UptimeCheck {
  const added = { id: randomUUID(), created_at: at.toISOString(), alerts: [], ...check };
  store.uptimeChecks.push(added);
  return added;
}

/**
 * Checks an alert: it must go to somebody of the team, and one that compares must say with what.
 *
 * @throws ApiError 422.
 */
export function checkedAlert(
  store: Store,
  alert: z.infer<typeof alertSchema>,
): z.infer<typeof alertSchema> {
  const { notifications, type, threshold, comparison } = alert;
  const { email, slack } = notifications;
  if (email.length + slack.length === 0) throw unprocessable("an alert needs a destination");
  mustBeMembers(store, email);
  const compares = type === "latency" || type === "ssl_expiry";
  if (compares && (threshold === 0 || comparison === "")) {
    throw unprocessable(`an alert of type ${type} needs threshold and comparison`);
  }
  return alert;
}

/** A check as the API shows it. */
export function describeCheck({ id, name, type, target, regions, enabled }: UptimeCheck) {
  return { id, name, type, target, regions, enabled };
}

const noOutage = { region: "", started_at: "", ended_at: "", duration_seconds: 0 };

/** Whether a target answers at a time, for every region alike. Targets outside of the account's apps are down. */
export function stateOf(store: Store, check: UptimeCheck, at: Date) {
  if (!check.enabled) return { regions: {}, previous_outage: noOutage };
  const { hostname: host, pathname: path } = new URL(check.target);
  const up = answersTo(store, { host, path, at }).every(({ status }) => status < 400);
  const region = {
    status: up ? "UP" : "DOWN",
    status_changed_at: check.created_at,
    thirty_day_uptime_percentage: up ? 100 : 0,
  };
  return {
    regions: Object.fromEntries(check.regions.map((name) => [name, region])),
    previous_outage: noOutage,
  };
}
