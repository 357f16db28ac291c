import { z } from "zod";

import { endpoint, ok } from "../api/endpoint.ts";
import { logsError, plainError } from "./errors.ts";
import { mustBeServed } from "./regions.ts";

const instant = z.union([
  z.strictObject({ relative: z.string() }),
  z.strictObject({ absolute: z.string() }),
  z.strictObject({ unix_nano: z.string() }),
]);
const searchSchema = z.object({ time_range: z.strictObject({ from: instant, to: instant }) });

/** Logs and traces, of which there are none: no resource sends any here. */
export const logEndpoints = [
  endpoint({
    method: "POST",
    path: "/v2/insights/query/:region/logs/search",
    scope: "insights:read",
    body: z.unknown(),
    handle: ({ store, params: { region }, body }) => {
      mustBeServed(store.insights, region);
      if (!searchSchema.safeParse(body).success) throw logsError("time_range is required");
      // `data` is left out when there is nothing.
      return ok({ pagination: { has_more: false } });
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/insights/query/:region/traces/:trace",
    scope: "insights:read",
    query: z.strictObject({ from: z.string(), to: z.string() }),
    refusal: 400,
    handle: ({ store, params: { region } }) => {
      mustBeServed(store.insights, region);
      throw plainError("trace not found");
    },
  }),
];
