import { z } from "zod";
import { nothing, type Endpoint } from "./endpoint.ts";

/** Where an alert is sent to. */
export const recipients = z.looseObject({
  email: z.array(z.string()).nullable(),
  slack: z.array(z.looseObject({ url: z.string(), channel: z.string() })).nullable(),
});

const policy = {
  type: z.string(),
  description: z.string(),
  compare: z.string(),
  value: z.number(),
  window: z.string(),
  entities: z.array(z.string()).nullable(),
  tags: z.array(z.string()).nullable(),
  alerts: recipients,
  enabled: z.boolean(),
};

/** An alert policy on metrics. */
export const alertPolicy = z.looseObject({ uuid: z.string(), ...policy });

const check = {
  name: z.string(),
  type: z.string(),
  target: z.string(),
  regions: z.array(z.string()).nullable(),
  enabled: z.boolean(),
};

/** A check of a public address from several regions. */
export const uptimeCheck = z.looseObject({ id: z.string(), ...check });

const alert = {
  name: z.string(),
  type: z.string(),
  threshold: z.number(),
  comparison: z.string(),
  notifications: recipients,
  period: z.string(),
};

/** An alert of an uptime check. */
export const uptimeAlert = z.looseObject({
  id: z.string(),
  ...alert,
  threshold: z.number().nullish(),
  comparison: z.string().nullish(),
  period: z.string().nullish(),
});

/** What an uptime check sees, by region. */
const uptimeState = z.looseObject({
  regions: z
    .record(
      z.string(),
      z.looseObject({
        /** UP, DOWN or CHECKING. */
        status: z.string(),
        status_changed_at: z.string().nullish(),
        thirty_day_uptime_percentage: z.number().nullish(),
      }),
    )
    .nullish(),
});

const onePolicy = z.looseObject({ policy: alertPolicy });
const oneCheck = z.looseObject({ check: uptimeCheck });
const oneAlert = z.looseObject({ alert: uptimeAlert });
const checks = "/v2/uptime/checks";
const alerts = `${checks}/{check_id}/alerts`;

/** Calls about alert policies, uptime checks and their alerts. */
export const monitoring = {
  createAlertPolicy: {
    method: "POST",
    path: "/v2/monitoring/alerts",
    request: z.looseObject(policy),
    response: onePolicy,
  },
  getAlertPolicy: {
    method: "GET",
    path: "/v2/monitoring/alerts/{alert_uuid}",
    response: onePolicy,
  },
  updateAlertPolicy: {
    method: "PUT",
    path: "/v2/monitoring/alerts/{alert_uuid}",
    request: z.looseObject(policy),
    response: onePolicy,
  },
  deleteAlertPolicy: {
    method: "DELETE",
    path: "/v2/monitoring/alerts/{alert_uuid}",
    response: nothing,
  },
  createUptimeCheck: {
    method: "POST",
    path: checks,
    request: z.looseObject(check),
    response: oneCheck,
  },
  getUptimeCheck: { method: "GET", path: `${checks}/{check_id}`, response: oneCheck },
  updateUptimeCheck: {
    method: "PUT",
    path: `${checks}/{check_id}`,
    request: z.looseObject(check),
    response: oneCheck,
  },
  getUptimeState: {
    method: "GET",
    path: `${checks}/{check_id}/state`,
    response: z.looseObject({ state: uptimeState }),
  },
  deleteUptimeCheck: { method: "DELETE", path: `${checks}/{check_id}`, response: nothing },
  createUptimeAlert: {
    method: "POST",
    path: alerts,
    request: z.looseObject(alert),
    response: oneAlert,
  },
  getUptimeAlert: { method: "GET", path: `${alerts}/{alert_id}`, response: oneAlert },
  updateUptimeAlert: {
    method: "PUT",
    path: `${alerts}/{alert_id}`,
    request: z.looseObject(alert),
    response: oneAlert,
  },
  deleteUptimeAlert: { method: "DELETE", path: `${alerts}/{alert_id}`, response: nothing },
} as const satisfies Record<string, Endpoint>;
