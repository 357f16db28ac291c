import { z } from "zod";

import { RequestError } from "@mam-services/common/errors";
import { parse } from "./parse.ts";

/** Which page of a list is asked for. */
export interface PageRequest {
  readonly limit: number;
  /** Rows before this position, newest first. */
  readonly before: number;
}

/** A page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** To be sent as `cursor` for the next page; null on the last one. */
  readonly next: string | null;
}

const query = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional(),
});

/** Reads `?limit=&cursor=`. @throws RequestError 400 */
export function pageOf(parameters: unknown): PageRequest {
  const { limit, cursor } = parse(query, parameters);
  return { limit, before: cursor === undefined ? Number.MAX_SAFE_INTEGER : positionOf(cursor) };
}

function positionOf(cursor: string): number {
  const text = Buffer.from(cursor, "base64url").toString();
  if (!/^\d{1,15}$/.test(text))
    throw new RequestError(
      400,
      "invalid-request",
      "cursor: take it from `next` of the page before",
    );
  return Number(text);
}

/**
 * Makes a page of rows that were asked for with one more than the limit. By position and not by number of rows: what
 * is added meanwhile neither repeats nor hides anything, and the hundredth page costs what the first does.
 */
export function toPage<Row extends { readonly position: number }, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
): Page<Item> {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map(toItem),
    next: last ? Buffer.from(String(last.position)).toString("base64url") : null,
  };
}
