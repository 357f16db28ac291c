/** A kind of generated text: every distinct match becomes `<name>-1`, `<name>-2`, ... in order of appearance. */
export interface GeneratedText {
  readonly name: string;
  /** Must have the `g` flag. */
  readonly pattern: RegExp;
}

const everywhere: readonly GeneratedText[] = [
  { name: "id", pattern: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g },
];

const timestamp = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

function replaceGenerated(generated: readonly GeneratedText[]): (text: string) => string {
  const seen = new Map<string, Map<string, string>>(generated.map(({ name }) => [name, new Map()]));
  const placeholder = (name: string, found: string) => {
    const known = seen.get(name) ?? new Map<string, string>();
    const text = known.get(found) ?? `${name}-${known.size + 1}`;
    known.set(found, text);
    return text;
  };
  return (text) =>
    generated
      .reduce(
        (rest, { name, pattern }) => rest.replace(pattern, (found) => placeholder(name, found)),
        text,
      )
      .replace(timestamp, "time");
}

/**
 * Plain data in a form in which two states can be compared: keys in alphabetical order, generated ids replaced by
 * placeholders in order of appearance, points in time replaced by `time`. Two rehearsals of the same deployment give
 * the same text although every id differs.
 *
 * The order of lists is kept: a dump puts a collection into an order that does not depend on chance.
 *
 * @param extra further kinds of generated text, such as ciphertext or access key ids; they are replaced first.
 */
export function canonical(value: unknown, extra: readonly GeneratedText[] = []): unknown {
  const replace = replaceGenerated([...extra, ...everywhere]);
  const walk = (part: unknown): unknown => {
    if (typeof part === "string") return replace(part);
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(
      Object.entries(part)
        .filter(([, entry]) => entry !== undefined)
        .sort(([first], [second]) => (first < second ? -1 : 1))
        .map(([key, entry]) => [replace(key), walk(entry)]),
    );
  };
  return walk(value);
}
