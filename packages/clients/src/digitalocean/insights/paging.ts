import { z } from "zod";

import { links } from "../endpoint.ts";

/**
 * How much of a list an answer is: both forms that are described. godo 1.239.0 reads `links` and `meta` for rules,
 * channels and instances, and `pagination` for dashboards and resources; the first API description had `pagination`
 * everywhere. `pages` and `total` are left out when there is nothing.
 */
export const paging = {
  links,
  pagination: z
    .looseObject({ page: z.number().optional(), pages: z.number().optional() })
    .optional(),
};

/** The items of a list: the key is left out when there are none. */
export const items = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);
