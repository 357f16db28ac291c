import { z } from "zod";

import type { Endpoint } from "../endpoint.ts";
import { items, paging } from "./paging.ts";

/** An alert that fired, and whether it still does. */
export const insightsAlertInstance = z.looseObject({
  id: z.string(),
  rule_id: z.string(),
  /** warning or critical; also seen as SEVERITY_CRITICAL: compare with `insightsWord`. */
  severity: z.string(),
  /** active or resolved; also seen as ALERT_INSTANCE_STATUS_RESOLVED and muted: compare with `insightsWord`. */
  status: z.string(),
  /** May be empty. */
  resource_urn: z.string().nullish(),
  value: z.number().nullish(),
  triggered_at: z.string(),
  last_triggered_at: z.string().nullish(),
  resolved_at: z.string().nullish(),
  last_notified_at: z.string().nullish(),
});

const path = "/v2/insights/alert-instances";

/** What fired. The list's query: `page`, `per_page`, `status` (active, resolved), `rule_id`, `resource_urn`; newest first. */
export const insightsAlertInstances = {
  listInsightsAlertInstances: {
    method: "GET",
    path,
    response: z.looseObject({ alert_instances: items(insightsAlertInstance), ...paging }),
  },
  getInsightsAlertInstance: {
    method: "GET",
    path: `${path}/{alert_instance_id}`,
    response: z.looseObject({ alert_instance: insightsAlertInstance }),
  },
} as const satisfies Record<string, Endpoint>;
