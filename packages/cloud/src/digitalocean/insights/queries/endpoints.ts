import { z } from "zod";

import { endpoint } from "../../api/endpoint.ts";
import { badQuery } from "../promql/query-error.ts";
import { answering, atOneTime, discovered, overTime, success } from "./answers.ts";

const base = "/v2/insights/query/:region/prom/api/v1" as const;

const sorted = (values: readonly string[]) => [...new Set(values)].toSorted();

const window = { start: z.string().exactOptional(), end: z.string().exactOptional() };
const discovery = z.strictObject({
  ...window,
  "match[]": z.union([z.string(), z.array(z.string())]).exactOptional(),
});
const timeout = { timeout: z.string().exactOptional() };
const query = z.string().exactOptional();

/** `/v2/insights/query/{region}/prom`. Sources: DigitalOcean's API description; Prometheus' HTTP API. */
export const queryEndpoints = [
  endpoint({
    method: "GET",
    path: `${base}/query`,
    scope: "insights:read",
    query: z.strictObject({ query, time: z.string().exactOptional(), ...timeout }),
    refusal: 400,
    handle: (call) => answering(call, () => atOneTime(call)),
  }),
  endpoint({
    method: "GET",
    path: `${base}/query_range`,
    scope: "insights:read",
    query: z.strictObject({ query, ...window, step: z.string().exactOptional(), ...timeout }),
    refusal: 400,
    handle: (call) => answering(call, () => overTime(call)),
  }),
  endpoint({
    method: "GET",
    path: `${base}/series`,
    scope: "insights:read",
    query: discovery,
    refusal: 400,
    handle: (call) =>
      answering(call, () => {
        if (call.query["match[]"] === undefined) throw badQuery("no match[] parameter provided");
        return success(discovered(call));
      }),
  }),
  endpoint({
    method: "GET",
    path: `${base}/labels`,
    scope: "insights:read",
    query: discovery,
    refusal: 400,
    handle: (call) =>
      answering(call, () => success(sorted(discovered(call).flatMap((one) => Object.keys(one))))),
  }),
  endpoint({
    method: "GET",
    path: `${base}/label/:label/values`,
    scope: "insights:read",
    query: discovery,
    refusal: 400,
    handle: (call) =>
      answering(call, () => {
        const { label } = call.params;
        return success(sorted(discovered(call).flatMap((one) => one[label] ?? [])));
      }),
  }),
];
