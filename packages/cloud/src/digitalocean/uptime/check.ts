import { randomUUID } from "node:crypto";

import type { z } from "zod";

import { mustBeMembers } from "../account/members.ts";
import { notFound, unprocessable } from "../api/errors.ts";
import { answersTo } from "../apps/traffic/traffic.ts";
import type { Store } from "../store.ts";
import type { UptimeAlert, UptimeCheck, uptimeAlertSchema, checkSchema } from "./model.ts";
import type { CheckHistory, Outage } from "./watch.ts";

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

const timeOf = (milliseconds: number) => new Date(milliseconds).toISOString();

/** The state of a check, the same for every region. A check that nobody looked by yet shows what its target answers now. */
export function stateOf(store: Store, check: UptimeCheck, at: Date) {
  if (!check.enabled) return { regions: {}, previous_outage: noOutage };
  const history = store.uptimeWatch.histories.get(check.id);
  const region = history ? seenBefore(history) : seenNow(store, check, at);
  return {
    regions: Object.fromEntries(check.regions.map((name) => [name, region])),
    previous_outage: outageOf(check, history?.previous),
  };
}

/** Targets outside of the account's apps are down. */
function seenNow(store: Store, { target, created_at }: UptimeCheck, at: Date) {
  const { hostname: host, pathname: path } = new URL(target);
  const isUp = answersTo(store, { host, path, at }).every(({ status }) => status < 400);
  return regionState(isUp, created_at, Number(isUp));
}

const seenBefore = ({ last, since, looks, up }: CheckHistory) =>
  regionState(last.isUp, timeOf(since), up / looks);

const regionState = (isUp: boolean, changed: string, share: number) => ({
  status: isUp ? "UP" : "DOWN",
  status_changed_at: changed,
  thirty_day_uptime_percentage: Math.round(share * 10_000) / 100,
});

function outageOf({ regions: [region] }: UptimeCheck, outage: Outage | undefined) {
  if (!outage) return noOutage;
  const { began, ended } = outage;
  return {
    region: region ?? "",
    started_at: timeOf(began),
    ended_at: timeOf(ended),
    duration_seconds: Math.round((ended - began) / 1000),
  };
}
