import { z } from "zod";

import type { Endpoint } from "../endpoint.ts";
import { items, paging } from "./paging.ts";

const signal = z
  .looseObject({ enabled: z.boolean(), effective_at: z.string().nullish() })
  .nullish();

/** What a resource sends. A signal that nobody ever chose is left out. */
export const insightsResource = z.looseObject({
  resource_urn: z.string(),
  product_type: z.string(),
  region: z.string().nullish(),
  metrics: signal,
  logs: signal,
  traces: signal,
});

const answered = z.looseObject({ resource: insightsResource });
const path = "/v2/insights/resources";
const one = `${path}/{resource_urn}` as const;

/**
 * Which signals resources send (godo 1.239.0). The list's query: `filter.product_types`, `filter.regions`, and
 * `pagination.*` as of dashboards.
 */
export const insightsResources = {
  listInsightsResources: {
    method: "GET",
    path,
    response: z.looseObject({ resources: items(insightsResource), ...paging }),
  },
  getInsightsResource: {
    method: "GET",
    path: one,
    response: answered,
    explains: { 404: "no choice of signals was ever recorded for this resource" },
  },
  /** Takes one signal at least; those that are left out stay. `region` is fixed by the first call. */
  updateInsightsSignals: {
    method: "PUT",
    path: `${one}/signals`,
    request: z.strictObject({
      region: z.string().optional(),
      metrics: z.boolean().optional(),
      logs: z.boolean().optional(),
      traces: z.boolean().optional(),
    }),
    response: answered,
  },
} as const satisfies Record<string, Endpoint>;
