/** Bytes of a range: the first, and the one after the last. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a Range header.
 *
 * @returns undefined when the whole is asked for, "unsatisfiable" when nothing of it is there.
 */
export function readRange(
  header: string | undefined,
  size: number,
): ByteRange | "unsatisfiable" | undefined {
  const match = /^bytes=(?<first>\d*)-(?<last>\d*)$/.exec(header ?? "");
  const { first = "", last = "" } = match?.groups ?? {};
  if (first === "" && last === "") return undefined;
  if (first === "") return satisfiable(Math.max(0, size - Number(last)), size, size);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  return satisfiable(Number(first), end, size);
}

function satisfiable(start: number, end: number, size: number): ByteRange | "unsatisfiable" {
  return start < end && start < size ? { start, end } : "unsatisfiable";
}
