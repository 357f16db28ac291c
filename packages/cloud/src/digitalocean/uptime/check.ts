import { randomUUID } from "node:crypto";

import type { z } from "zod";

import { mustBeMembers } from "../account/members.ts";
import { notFound, unprocessable } from "../api/errors.ts";
import { answersTo } from "../apps/traffic/traffic.ts";
import type { Store } from "../store.ts";
import type { UptimeAlert, UptimeCheck, uptimeAlertSchema, checkSchema } from "./model.ts";

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
  alert: z.infer<typeof uptimeAlertSchema>,
): z.infer<typeof uptimeAlertSchema> {
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
