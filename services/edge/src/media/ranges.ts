/** Bytes of an object, both ends included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Bytes that are asked for, before the size of the object is known: from a byte on, or the last ones. */
export type WantedRange =
  { readonly first: number; readonly last?: number } | { readonly suffix: number };

/** More ranges than this in one request are not for a player, and the header is ignored (RFC 9110, section 14.2). */
const mostRanges = 16;

const oneRange = /^(?:(?<first>\d{1,15})-(?<last>\d{1,15})?|-(?<suffix>\d{1,15}))$/;

/**
 * Reads a Range header.
 *
 * @returns what is asked for; undefined for the whole object, also where the header is in another unit, cannot be read or
 *   asks for too many pieces: HTTP has it ignored then.
 */
export function readRanges(header: string | undefined): readonly WantedRange[] | undefined {
  const specs = /^bytes=(.+)$/i.exec(header?.trim() ?? "")?.[1]?.split(",") ?? [];
  const ranges = specs.map((spec) => readRange(spec.trim()));
  if (ranges.length === 0 || ranges.length > mostRanges) return undefined;
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

function readRange(spec: string): WantedRange | undefined {
  const { first, last, suffix } = oneRange.exec(spec)?.groups ?? {};
  if (suffix !== undefined) return { suffix: Number(suffix) };
  if (first === undefined) return undefined;
  if (last === undefined) return { first: Number(first) };
  return Number(last) < Number(first) ? undefined : { first: Number(first), last: Number(last) };
}

/** The bytes that there are of what is asked for; undefined when there are none. */
export function rangeWithin(wanted: WantedRange, size: number): ByteRange | undefined {
  const first = "suffix" in wanted ? Math.max(0, size - wanted.suffix) : wanted.first;
  const last = "suffix" in wanted ? size - 1 : Math.min(wanted.last ?? size - 1, size - 1);
  return first <= last ? { first, last } : undefined;
}

/** Writes one range as a Range header, for storage. */
export function rangeHeader(wanted: WantedRange): string {
  return "suffix" in wanted
    ? `bytes=-${wanted.suffix}`
    : `bytes=${wanted.first}-${wanted.last ?? ""}`;
}

/** Number of bytes. */
export const lengthOf = ({ first, last }: ByteRange): number => last - first + 1;

/** Writes a Content-Range header. */
export const contentRange = ({ first, last }: ByteRange, size: number): string =>
  `bytes ${first}-${last}/${size}`;

/** Whether some bytes are asked for twice: such a request costs more than the whole, and its Range is ignored. */
export function overlap(ranges: readonly ByteRange[]): boolean {
  const ordered = ranges.toSorted((one, other) => one.first - other.first);
  return ordered.some(({ last }, index) => (ordered[index + 1]?.first ?? Infinity) <= last);
}
