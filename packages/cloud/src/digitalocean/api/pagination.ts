import { z } from "zod";

const whole = (maximum: number) => z.coerce.number().int().min(1).max(maximum);

/**
 * Query of every list: `page` from 1, `per_page` 20 by default and 200 at most. Source: DigitalOcean API description,
 * `shared/parameters.yml`.
 */
export const pageQuery = z.strictObject({
  page: whole(1_000_000).default(1),
  per_page: whole(200).default(20),
});

/** Which page is asked for, and of which address. */
export interface PageRequest {
  readonly query: { readonly page: number; readonly per_page: number };
  /** Absolute URL of the list, without the query. */
  readonly url: string;
}

/**
 * One page of a list with the links and the total as DigitalOcean writes them: `links.pages` is absent when everything
 * is on one page, `first` and `prev` are absent on the first page, `next` and `last` on the last. A client that takes
 * the first page for everything misses the rest here as it does there.
 */
export function paginate<Item, Key extends string>(
  key: Key,
  items: readonly Item[],
  { query: { page, per_page: perPage }, url }: PageRequest,
) {
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const link = (to: number) => `${url}?page=${to}&per_page=${perPage}`;
  const pages = {
    ...(page > 1 ? { first: link(1), prev: link(Math.min(page - 1, last)) } : {}),
    ...(page < last ? { next: link(page + 1), last: link(last) } : {}),
  };
  return {
    [key]: items.slice((page - 1) * perPage, page * perPage),
    links: last === 1 ? {} : { pages },
    meta: { total: items.length },
  };
}
