import { z } from "zod";

import { nothing, type Endpoint } from "../endpoint.ts";
import { items, paging } from "./paging.ts";

const filter = z.looseObject({ field: z.string(), operator: z.string(), value: z.string() });
const binding = z.looseObject({
  notification_channel_id: z.string(),
  /** SEVERITY_WARNING, SEVERITY_CRITICAL; none means every severity. */
  notify_on: z.array(z.string()).nullish(),
});

/** What a rule watches, as it is sent and answered. Lists that are empty may be left out of an answer. */
const spec = z.looseObject({
  name: z.string(),
  query: z.looseObject({
    /** Dotted: `do.apps.app_cpu_utilization`. A name that does not exist is accepted and never fires. */
    metric: z.string(),
    filters: z.array(filter).nullish(),
    /** None means every resource of the team. */
    resource_urns: z.array(z.string()).nullish(),
    tags: z.array(z.string()).nullish(),
  }),
  /** EVALUATION_WINDOW_1M, 5M, 10M, 15M, 30M, 1H. */
  condition: z.looseObject({ window: z.string().nullish() }).nullish(),
  thresholds: z.looseObject({
    /** THRESHOLD_OPERATOR_GREATER_THAN and the like. */
    operator: z.string(),
    warning: z.number().nullish(),
    critical: z.number().nullish(),
  }),
  notification_channels: z.array(binding).nullish(),
  /** RE_ALERT_DURATION_30M, 1H, 4H (the default), NEVER. */
  re_alert_duration: z.string().nullish(),
});

/** An alert rule. */
export const insightsAlertRule = z.looseObject({
  id: z.string(),
  spec,
  /** ALERT_RULE_STATUS_ACTIVE or _PAUSED. */
  status: z.string().nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
});

const sent = z.looseObject({ spec, status: z.string().optional() });
const answered = z.looseObject({ alert_rule: insightsAlertRule });
const path = "/v2/insights/alert-rules";
const one = `${path}/{alert_rule_id}` as const;

/**
 * Alert rules of Insights (godo 1.239.0). The list's query: `page`, `per_page` (200 at most), `resource_urn`. An update
 * takes the whole `spec`; what is left out of `status`, `re_alert_duration` and `notification_channels` stays.
 *
 * The list has left out rules that were made in the control panel, which `getInsightsAlertRule` answered: never conclude
 * from it that there is no such rule.
 */
export const insightsAlertRules = {
  listInsightsAlertRules: {
    method: "GET",
    path,
    response: z.looseObject({ alert_rules: items(insightsAlertRule), ...paging }),
  },
  createInsightsAlertRule: { method: "POST", path, request: sent, response: answered },
  getInsightsAlertRule: { method: "GET", path: one, response: answered },
  updateInsightsAlertRule: { method: "PUT", path: one, request: sent, response: answered },
  deleteInsightsAlertRule: { method: "DELETE", path: one, response: nothing },
} as const satisfies Record<string, Endpoint>;
