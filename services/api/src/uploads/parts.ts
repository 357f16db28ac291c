/** A part as storage lists it. */
export interface ListedPart {
  readonly number: number;
  readonly bytes: number;
  /** As storage gave it, in quotes. */
  readonly etag: string;
}

/** A file that is cut into parts of one size; the last part is what remains. */
export interface Partition {
  readonly size: number;
  readonly partBytes: number;
}

/** S3's limit. The setting of the part size is checked against it together with the largest upload. */
export const mostParts = 10_000;

/** Size of the parts of a new upload: the setting, or more where the file would have more parts than S3 takes. */
export function partBytesFor(size: number, setting: number): number {
  return Math.max(setting, Math.ceil(size / mostParts));
}

/** How many parts a file has. */
export function partCount({ size, partBytes }: Partition): number {
  return Math.ceil(size / partBytes);
}

/** Bytes of a part: each is signed with exactly this length. Parts are counted from 1. */
export function bytesOfPart(partition: Partition, number: number): number {
  const { size, partBytes } = partition;
  return number < partCount(partition) ? partBytes : size - (number - 1) * partBytes;
}

/** First and last byte of a part, both included, as a Range header counts them. */
export function rangeOfPart(partition: Partition, number: number): readonly [number, number] {
  const first = (number - 1) * partition.partBytes;
  return [first, first + bytesOfPart(partition, number) - 1];
}

/** Numbers of all parts of a file. */
export function partNumbers(partition: Partition): number[] {
  return Array.from({ length: partCount(partition) }, (_, index) => index + 1);
}

/** What storage has of a file, against what it should have. */
export interface PartsVerdict {
  /** Parts of the right size, in order: all of them when nothing is missing. */
  readonly good: readonly ListedPart[];
  /** Numbers that are not there, or have another size, which is as bad. */
  readonly missing: readonly number[];
}

/**
 * Compares every listed part with the size that it must have. Numbers alone prove nothing: an upload that was resumed
 * with another part size has all its numbers and is shorter than the file.
 */
export function compareParts(partition: Partition, listed: readonly ListedPart[]): PartsVerdict {
  const byNumber = new Map(listed.map((part) => [part.number, part]));
  const good: ListedPart[] = [];
  const missing: number[] = [];
  for (const number of partNumbers(partition)) {
    const part = byNumber.get(number);
    if (part?.bytes === bytesOfPart(partition, number)) good.push(part);
    else missing.push(number);
  }
  return { good, missing };
}
