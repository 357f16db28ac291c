import { z } from "zod";

import { endpoint, ok } from "../../api/endpoint.ts";
import { parseStrictly } from "../../api/parsing.ts";
import { asDashboard } from "../errors.ts";
import { dottedList, dottedPage, sortedBy } from "../lists.ts";
import type { Dashboard } from "../model.ts";
import { dashboardSchema } from "./dashboard-schema.ts";
import { addDashboard, describeDashboard, findDashboard, replaceDashboard } from "./dashboards.ts";

const path = "/v2/insights/dashboards";

const querySchema = z.strictObject({
  ...dottedPage,
  "pagination.sort": z.enum(["name", "created_at", "updated_at"]).exactOptional(),
});
/** One key and no other. */
const bodySchema = z.strictObject({ spec: z.string() });

/** Reads a part of a request; refusals have the shape of dashboards. */
function read<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  part: "body" | "query",
  { call, findings }: { readonly call: string; readonly findings: string[] },
): z.infer<Schema> {
  return asDashboard(() => parseStrictly(schema, data, part, { call, status: 400, findings }));
}

const newestFirst = ({ created_at: created }: Dashboard, other: Dashboard) =>
  other.created_at.localeCompare(created);

/** `/v2/insights/dashboards`. Source: godo 1.239.0, insights.go and insights_test.go. */
export const dashboardEndpoints = [
  endpoint({
    method: "GET",
    path,
    scope: "insights:read",
    query: z.unknown(),
    handle: ({ store: { insights }, query: sent, platform: { findings } }) => {
      const query = read(querySchema, sent, "query", { call: `GET ${path}`, findings });
      const { "pagination.sort": sort, "pagination.sort_direction": direction } = query;
      const sorted = sort
        ? sortedBy(insights.dashboards, (one) => one[sort], direction)
        : insights.dashboards.toSorted(newestFirst);
      return ok(dottedList("dashboards", sorted.map(describeDashboard), query));
    },
  }),
  endpoint({
    method: "POST",
    path,
    scope: "insights:create",
    body: z.unknown(),
    handle: ({ store: { insights }, body, at, platform: { findings } }) => {
      const { spec } = read(bodySchema, body, "body", { call: `POST ${path}`, findings });
      return ok({ dashboard: describeDashboard(addDashboard(insights, spec, at)) });
    },
  }),
  endpoint({
    method: "GET",
    path: `${path}/schema`,
    scope: "insights:read",
    handle: () => ok(dashboardSchema),
  }),
  endpoint({
    method: "GET",
    path: `${path}/:uuid`,
    scope: "insights:read",
    handle: ({ store: { insights }, params: { uuid } }) =>
      ok({ dashboard: describeDashboard(findDashboard(insights, uuid)) }),
  }),
  endpoint({
    method: "PUT",
    path: `${path}/:uuid`,
    scope: "insights:update",
    body: z.unknown(),
    handle: ({ store: { insights }, params: { uuid }, body, at, platform: { findings } }) => {
      const { spec } = read(bodySchema, body, "body", { call: `PUT ${path}/:uuid`, findings });
      return ok({ dashboard: describeDashboard(replaceDashboard(insights, uuid, spec, at)) });
    },
  }),
  endpoint({
    method: "DELETE",
    path: `${path}/:uuid`,
    scope: "insights:delete",
    handle: ({ store: { insights }, params: { uuid } }) => {
      insights.dashboards.splice(insights.dashboards.indexOf(findDashboard(insights, uuid)), 1);
      return ok({});
    },
  }),
];
