import { z } from "zod";

import type { Endpoint } from "../endpoint.ts";
import { items, paging } from "./paging.ts";

/**
 * A dashboard. `spec` is a Perses document as the text of its JSON; name and description are those of its
 * `spec.display`.
 */
export const insightsDashboard = z.looseObject({
  uuid: z.string(),
  name: z.string(),
  description: z.string().nullish(),
  spec: z.string(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
});

/** The one key that a dashboard is sent as: the JSON text of its document. */
const sent = z.strictObject({ spec: z.string() });
const answered = z.looseObject({ dashboard: insightsDashboard });
const path = "/v2/insights/dashboards";
const one = `${path}/{dashboard_uuid}` as const;

const taken =
  "a dashboard's name is unique in the team: rename or delete the other one, which the control panel shows under Insights";
const full =
  "this is a limit on the team's dashboards, or on the charts of one, which no waiting ends: delete a dashboard, or ask DigitalOcean's support for more";

/**
 * Dashboards of Insights (godo 1.239.0). The list's query: `pagination.page`, `pagination.per_page` (200 at most),
 * `pagination.sort` (name, created_at, updated_at), `pagination.sort_direction` (asc, desc). Create and delete answer 200.
 */
export const insightsDashboards = {
  listInsightsDashboards: {
    method: "GET",
    path,
    response: z.looseObject({ dashboards: items(insightsDashboard), ...paging }),
  },
  createInsightsDashboard: {
    method: "POST",
    path,
    request: sent,
    response: answered,
    explains: { 409: taken, 429: full },
  },
  getInsightsDashboard: { method: "GET", path: one, response: answered },
  replaceInsightsDashboard: {
    method: "PUT",
    path: one,
    request: sent,
    response: answered,
    explains: { 409: taken, 429: full },
  },
  deleteInsightsDashboard: { method: "DELETE", path: one, response: z.unknown() },
  /** The JSON Schema (draft 2020-12) that documents have to satisfy: answered without an envelope. */
  getInsightsDashboardSchema: {
    method: "GET",
    path: `${path}/schema`,
    response: z.record(z.string(), z.unknown()),
  },
} as const satisfies Record<string, Endpoint>;
