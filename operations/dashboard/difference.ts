/** A field that stands otherwise than it is wanted. */
export interface FieldDifference {
  /** Path of the field, such as `spec.panels.services-cpu.spec.display.name`. */
  readonly field: string;
  readonly expected: string;
  readonly found: string;
}

/** Longest value that is shown, in characters. */
const longest = 80;

const shown = (value: unknown) => {
  if (value === undefined) return "missing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a server may add to a document without saying anything. */
const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  value === 0 ||
  (Array.isArray(value) && value.length === 0) ||
  (isGroup(value) && Object.values(value).every(saysNothing));

/** Whether two values say the same. */
const isSame = (wanted: unknown, standing: unknown) =>
  JSON.stringify(wanted) === JSON.stringify(standing) ||
  (saysNothing(wanted) && saysNothing(standing));

/** The parts of two values of which each has its own place; undefined where they are compared as a whole. */
function partsOf(
  wanted: unknown,
  standing: unknown,
): readonly (readonly [key: string, wanted: unknown, standing: unknown])[] | undefined {
  if (isGroup(wanted) && isGroup(standing)) {
    const keys = [...new Set([...Object.keys(wanted), ...Object.keys(standing)])];
    return keys.map((key) => [key, wanted[key], standing[key]]);
  }
  if (!Array.isArray(wanted) || !Array.isArray(standing)) return undefined;
  const [ours, theirs]: readonly [readonly unknown[], readonly unknown[]] = [wanted, standing];
  return ours.length === theirs.length
    ? ours.map((one, index) => [String(index), one, theirs[index]])
    : undefined;
}

/**
 * Where data stands otherwise than it is wanted. What was added and says nothing, an empty list or a false, is no
 * difference: a server may fill in what is missing.
 *
 * @param ignored paths that are not compared.
 */
export function fieldDifferences(
  wanted: unknown,
  standing: unknown,
  ignored: readonly string[] = [],
  field = "",
): readonly FieldDifference[] {
  if (ignored.includes(field)) return [];
  const parts = partsOf(wanted, standing);
  if (parts) {
    return parts.flatMap(([key, ours, theirs]) =>
      fieldDifferences(ours, theirs, ignored, field === "" ? key : `${field}.${key}`),
    );
  }
  if (isSame(wanted, standing)) return [];
  return [{ field, expected: shown(wanted), found: shown(standing) }];
}
