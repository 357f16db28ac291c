import type { StoredPart } from "../api/contract.ts";

/** How a file is cut. The API decides it when the upload begins, and storage refuses any other length. */
export interface Cut {
  /** Bytes of the whole file. */
  readonly size: number;
  /** Bytes of every part but the last. */
  readonly partBytes: number;
}

/** Number of parts; they are counted from 1. */
export const partCount = ({ size, partBytes }: Cut): number => Math.ceil(size / partBytes);

/** Where a part begins and ends in the file, in bytes; the end is not part of it. */
export function partRange(
  { size, partBytes }: Cut,
  number: number,
): { begin: number; end: number } {
  const begin = (number - 1) * partBytes;
  return { begin, end: Math.min(begin + partBytes, size) };
}

/** Bytes of a part. */
export function partLength(cut: Cut, number: number): number {
  const { begin, end } = partRange(cut, number);
  return end - begin;
}

/**
 * Numbers of the parts that storage still lacks. A stored part of another length is lacking too: going by numbers
 * alone, an upload would succeed and be wrong.
 */
export function lackingParts(cut: Cut, stored: readonly StoredPart[]): number[] {
  const whole = new Set(
    stored
      .filter(({ number, bytes }) => bytes === partLength(cut, number))
      .map(({ number }) => number),
  );
  return Array.from({ length: partCount(cut) }, (_, index) => index + 1).filter(
    (number) => !whole.has(number),
  );
}
