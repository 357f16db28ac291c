import { z } from "zod";

import type { Endpoint } from "../endpoint.ts";

/** Seconds of Unix time and a number as text; `NaN` occurs: read it with `insightsNumber`. */
const sample = z.tuple([z.number(), z.string()]);
const labels = z.record(z.string(), z.string());

/** Series with their values at one time. */
const vector = z.looseObject({
  resultType: z.literal("vector"),
  result: z.array(z.looseObject({ metric: labels, value: sample })),
});
/** Series with their values over a time. */
const matrix = z.looseObject({
  resultType: z.literal("matrix"),
  result: z.array(z.looseObject({ metric: labels, values: z.array(sample) })),
});
/** One number, or one text. */
const single = z.looseObject({ resultType: z.enum(["scalar", "string"]), result: sample });

const success = { status: z.literal("success") };
const base = "/v2/insights/query/{region}/prom/api/v1" as const;

const noRegion =
  "Insights does not answer for this region, or not for this account: look at https://cloud.digitalocean.com/insights for the regions that have data, and at https://cloud.digitalocean.com/account/feature-preview";
const asked = { 403: noRegion, 404: noRegion };
const discovery = {
  ...asked,
  422: "names and labels are looked for in a window: send start and end, in seconds of Unix time, not too far apart",
};

/**
 * PromQL on the metrics of a region, a datacentre's slug such as nyc3: a resource is found in its own region only. Queries
 * take metrics as `do.apps.app_cpu_utilization` or with underscores; answers have underscores in every name.
 */
export const insightsQueries = {
  /** At one time. Query: `query`, `time` (default: now), `timeout`. */
  queryInsights: {
    method: "GET",
    path: `${base}/query`,
    response: z.looseObject({
      ...success,
      data: z.discriminatedUnion("resultType", [vector, matrix, single]),
    }),
    explains: asked,
  },
  /** Over a time. Query: `query`, `start`, `end`, `step`, all needed, and `timeout`. */
  queryInsightsRange: {
    method: "GET",
    path: `${base}/query_range`,
    response: z.looseObject({ ...success, data: matrix }),
    explains: asked,
  },
  /** Values of a label. Query: `start`, `end`, both needed, and `match[]`. */
  listInsightsLabelValues: {
    method: "GET",
    path: `${base}/label/{label}/values`,
    response: z.looseObject({ ...success, data: z.array(z.string()) }),
    explains: discovery,
  },
  /** Names of labels. Query: `start`, `end`, both needed, and `match[]`. */
  listInsightsLabels: {
    method: "GET",
    path: `${base}/labels`,
    response: z.looseObject({ ...success, data: z.array(z.string()) }),
    explains: discovery,
  },
  /** Label sets of series. Query: `start`, `end` and `match[]`, all needed. */
  listInsightsSeries: {
    method: "GET",
    path: `${base}/series`,
    response: z.looseObject({ ...success, data: z.array(labels) }),
    explains: discovery,
  },
} as const satisfies Record<string, Endpoint>;
