import { S3Error } from "./errors.ts";

/** A part of a body: both ends included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The bytes that a Range header asks for; `undefined` for the whole. Several ranges and other units are answered with
 * the whole, as HTTP allows and S3 does.
 *
 * @throws S3Error `InvalidRange` if nothing of it exists.
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  if (header === undefined) return undefined;
  const match = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/.exec(header.trim());
  if (!match) return undefined;
  const [, start, end, suffix] = match;
  const range =
    start === undefined
      ? { first: Math.max(0, size - Number(suffix)), last: size - 1 }
      : { first: Number(start), last: end ? Math.min(Number(end), size - 1) : size - 1 };
  // An end before the start makes the header invalid, and an invalid header counts as none.
  if (end && Number(end) < range.first) return undefined;
  if (range.first < size) return range;
  throw new S3Error("InvalidRange", {
    elements: { RangeRequested: header, ActualObjectSize: String(size) },
    headers: { "content-range": `bytes */${size}` },
  });
}
