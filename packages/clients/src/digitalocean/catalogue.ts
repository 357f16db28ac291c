import { z } from "zod";
import { type Endpoint, links } from "./endpoint.ts";

/** An instance size of App Platform. */
export const instanceSize = z.looseObject({
  slug: z.string(),
  /** Whether a component of this size can autoscale. */
  scalable: z.boolean().nullish(),
  /** Whether a component of this size has one instance and no more. */
  single_instance_only: z.boolean().nullish(),
  /** What an instance costs in a month, in US dollars, such as `5.00`. */
  usd_per_month: z.string().nullish(),
  /** GiB that may leave an instance in a month without being billed. */
  bandwidth_allowance_gib: z.string().nullish(),
});

/** What an engine is sold as. */
export const engineOptions = z.looseObject({
  regions: z.array(z.string()).nullish(),
  versions: z.array(z.string()).nullish(),
  layouts: z.array(z.looseObject({ num_nodes: z.number(), sizes: z.array(z.string()) })).nullish(),
});

/** A version of an engine, with the date from which no new cluster can have it. */
export const engineVersion = z.looseObject({
  version: z.string(),
  end_of_availability: z.string().nullish(),
});

/** Calls about what is sold, and where. */
export const catalogue = {
  listRegions: {
    method: "GET",
    path: "/v2/regions",
    response: z.looseObject({
      regions: z.array(z.looseObject({ slug: z.string(), available: z.boolean() })).nullish(),
      links,
    }),
  },
  listAppRegions: {
    method: "GET",
    path: "/v2/apps/regions",
    response: z.looseObject({
      regions: z
        .array(
          z.looseObject({
            slug: z.string(),
            /** Whether the region takes no new apps. */
            disabled: z.boolean().nullish(),
            reason: z.string().nullish(),
          }),
        )
        .nullish(),
    }),
  },
  listInstanceSizes: {
    method: "GET",
    path: "/v2/apps/tiers/instance_sizes",
    response: z.looseObject({ instance_sizes: z.array(instanceSize).nullish() }),
  },
  getDatabaseOptions: {
    method: "GET",
    path: "/v2/databases/options",
    response: z.looseObject({
      options: z.record(z.string(), engineOptions),
      version_availability: z.record(z.string(), z.array(engineVersion).nullish()).nullish(),
    }),
  },
} as const satisfies Record<string, Endpoint>;
