import type { IncomingHttpHeaders } from "node:http";

/** What is known of an object before its bytes. */
export interface ObjectInfo {
  /** Bytes. */
  readonly size: number;
  /** Entity tag, with its quotes. */
  readonly etag: string;
  /** Date of HTTP. */
  readonly lastModified: string;
}

/** What a conditional request gets: the object, 304 because the viewer has it, or 412. */
export type ConditionVerdict = "go" | "unchanged" | "failed";

/** Whether a list of entity tags names an object. */
const names = (list: string, etag: string) =>
  list.trim() === "*" || list.split(",").some((tag) => tag.trim() === etag);

/** A weak tag is enough to say that a viewer has an object (304); for a part of it tags have to be strong. */
const withoutWeakness = (list: string) => list.replaceAll("W/", "");

/** Whether something changed after a date; false where either cannot be read. */
const isLater = (lastModified: string, date: string) => Date.parse(lastModified) > Date.parse(date);

/** Judges the conditions of a GET or HEAD in the order of RFC 9110, section 13.2.2. */
export function judgeConditions(
  headers: IncomingHttpHeaders,
  { etag, lastModified }: Pick<ObjectInfo, "etag" | "lastModified">,
): ConditionVerdict {
  const match = headers["if-match"];
  const unmodified = headers["if-unmodified-since"];
  if (match !== undefined) {
    if (!names(match, etag)) return "failed";
  } else if (unmodified !== undefined && isLater(lastModified, unmodified)) return "failed";
  const none = headers["if-none-match"];
  const modified = headers["if-modified-since"];
  if (none !== undefined) return names(withoutWeakness(none), etag) ? "unchanged" : "go";
  const isRead = modified !== undefined && !Number.isNaN(Date.parse(modified));
  return isRead && !isLater(lastModified, modified) ? "unchanged" : "go";
}

/**
 * Whether a Range counts: without If-Range always; with it only for the very object that the viewer has a part of.
 *
 * @param ifRange an entity tag, which must be strong, or the exact date of the object.
 */
export function rangeCounts(
  ifRange: string | undefined,
  { etag, lastModified }: ObjectInfo,
): boolean {
  return ifRange === undefined || ifRange.trim() === etag || ifRange.trim() === lastModified;
}
