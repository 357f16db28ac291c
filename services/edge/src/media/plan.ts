import type { IncomingHttpHeaders } from "node:http";

import { type ObjectInfo, judgeConditions, rangeCounts } from "./conditions.ts";
import { type ByteRange, overlap, rangeWithin, readRanges } from "./ranges.ts";

/** What a viewer gets of an object. */
export type Plan =
  | { readonly status: 200 | 304 | 412 | 416 }
  | { readonly status: 206; readonly ranges: readonly ByteRange[] };

/**
 * Plans the answer to a GET, in the order of RFC 9110, section 13.2.2: conditions first, then the range. A range that can
 * be satisfied is always answered with 206, also when it is the whole object: a player that got 200 would load all of it
 * for each seek.
 */
export function planAnswer(headers: IncomingHttpHeaders, info: ObjectInfo): Plan {
  const verdict = judgeConditions(headers, info);
  if (verdict !== "go") return { status: verdict === "unchanged" ? 304 : 412 };
  const wanted = rangeCounts(headers["if-range"]?.toString(), info)
    ? readRanges(headers.range)
    : undefined;
  if (!wanted) return { status: 200 };
  const ranges = wanted.flatMap((range) => rangeWithin(range, info.size) ?? []);
  if (ranges.length === 0) return { status: 416 };
  return overlap(ranges) ? { status: 200 } : { status: 206, ranges };
}
