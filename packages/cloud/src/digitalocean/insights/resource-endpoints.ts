import { z } from "zod";

import { endpoint, ok } from "../api/endpoint.ts";
import { badRequest, notFound } from "../api/errors.ts";
import { dottedList, dottedPage, sortedBy } from "./lists.ts";
import { type InsightsState, type ResourceSignals, signalNames } from "./model.ts";

const path = "/v2/insights/resources";

/** Product types by the second part of a URN; how the platform calls them is not known. */
const productTypes: Readonly<Record<string, string>> = { app: "apps", dbaas: "databases" };

const productOf = (urn: string) => {
  const [, kind = ""] = urn.split(":");
  return productTypes[kind] ?? kind;
};

const describe = ({ resource_urn: urn, region, signals }: ResourceSignals) => ({
  resource_urn: urn,
  product_type: productOf(urn),
  ...(region === undefined ? {} : { region }),
  ...signals,
});

/** When the last choice was made. */
const changedAt = ({ signals }: ResourceSignals) =>
  signalNames
    .map((name) => signals[name]?.effective_at ?? "")
    .toSorted()
    .at(-1) ?? "";

function findResource({ resources }: InsightsState, urn: string): ResourceSignals {
  const found = resources.find((one) => one.resource_urn === urn);
  if (!found) throw notFound("resource not found");
  return found;
}

const several = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat())
  .exactOptional();

const chosen = z.boolean().exactOptional();
const choiceSchema = z
  .strictObject({
    region: z.string().exactOptional(),
    metrics: chosen,
    logs: chosen,
    traces: chosen,
  })
  .refine((choice) => signalNames.some((name) => choice[name] !== undefined), "a signal is needed");

function choose(
  state: InsightsState,
  urn: string,
  { region, ...choice }: z.infer<typeof choiceSchema>,
  at: Date,
): ResourceSignals {
  const known = state.resources.find((one) => one.resource_urn === urn);
  if (known?.region !== undefined && region !== undefined && region !== known.region) {
    throw badRequest("region cannot be changed");
  }
  const resource = known ?? { resource_urn: urn, signals: {} };
  if (!known) state.resources.push(resource);
  if (region !== undefined) resource.region = region;
  for (const name of signalNames) {
    const enabled = choice[name];
    if (enabled !== undefined) resource.signals[name] = { enabled, effective_at: at.toISOString() };
  }
  return resource;
}

/** `/v2/insights/resources`. Source: godo 1.239.0. */
export const resourceEndpoints = [
  endpoint({
    method: "GET",
    path,
    scope: "insights:read",
    query: z.strictObject({
      ...dottedPage,
      "pagination.sort": z.enum(["resource_urn", "effective_at"]).exactOptional(),
      "filter.product_types": several,
      "filter.regions": several,
    }),
    refusal: 400,
    handle: ({ store: { insights }, query }) => {
      const { "filter.product_types": types, "filter.regions": regions } = query;
      const found = insights.resources.filter(
        ({ resource_urn: urn, region = "" }) =>
          (!types || types.includes(productOf(urn))) && (!regions || regions.includes(region)),
      );
      const sort = query["pagination.sort"];
      const by =
        sort && (sort === "effective_at" ? changedAt : (one: ResourceSignals) => one.resource_urn);
      const sorted = sortedBy(found, by, query["pagination.sort_direction"]);
      return ok(dottedList("resources", sorted.map(describe), query));
    },
  }),
  endpoint({
    method: "GET",
    path: `${path}/:urn`,
    scope: "insights:read",
    handle: ({ store: { insights }, params: { urn } }) =>
      ok({ resource: describe(findResource(insights, urn)) }),
  }),
  endpoint({
    method: "PUT",
    path: `${path}/:urn/signals`,
    // The platform wants insights:create as well; docs/dots, update-resourcesignals.
    scope: "insights:update",
    body: choiceSchema,
    refusal: 400,
    handle: ({ store: { insights }, params: { urn }, body, at }) =>
      ok({ resource: describe(choose(insights, urn, body, at)) }),
  }),
];
