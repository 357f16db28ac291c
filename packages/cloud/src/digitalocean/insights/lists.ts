import { z } from "zod";

import { paginate } from "../api/pagination.ts";
import type { InsightsKnobs } from "./knobs.ts";

const whole = (maximum: number) => z.coerce.number().int().min(1).max(maximum);
const most = 1_000_000;

/** Query of the lists of dashboards and resources. Source: godo 1.239.0; more than 200 on a page are refused with 400. */
export const dottedPage = {
  "pagination.page": whole(most).default(1),
  "pagination.per_page": whole(200).default(20),
  "pagination.sort_direction": z.enum(["asc", "desc"]).exactOptional(),
};

interface Dotted {
  readonly "pagination.page": number;
  readonly "pagination.per_page": number;
}

/** Items with the text that they are sorted by; the sort is descending unless the query says otherwise. */
export function sortedBy<Item>(
  items: readonly Item[],
  by: ((item: Item) => string) | undefined,
  direction: "asc" | "desc" = "asc",
): Item[] {
  if (!by) return [...items];
  const ascending = items.toSorted((one, other) => by(one).localeCompare(by(other)));
  return direction === "asc" ? ascending : ascending.toReversed();
}

/** A page with `pagination` behind it; the items' key, `pages` and `total` are left out when there are none. */
export function dottedList<Item>(key: string, items: readonly Item[], query: Dotted) {
  const { "pagination.page": page, "pagination.per_page": perPage } = query;
  return paginated(key, items, { page, per_page: perPage });
}

function paginated<Item>(
  key: string,
  items: readonly Item[],
  { page, per_page: perPage }: { readonly page: number; readonly per_page: number },
) {
  const shown = items.slice((page - 1) * perPage, page * perPage);
  const counts =
    items.length === 0 ? {} : { pages: Math.ceil(items.length / perPage), total: items.length };
  return {
    ...(shown.length === 0 ? {} : { [key]: shown }),
    pagination: { page, per_page: perPage, ...counts },
  };
}

/** A page of rules, channels or instances, with the envelope that the account's knob says. */
export function listed<Item>(
  key: string,
  items: readonly Item[],
  page: { readonly query: { page: number; per_page: number }; readonly url: string },
  { envelope }: InsightsKnobs,
) {
  return envelope === "links" ? paginate(key, items, page) : paginated(key, items, page.query);
}
