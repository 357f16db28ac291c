/** How a listing is cut: S3's own parameters. */
export interface ListingOptions {
  readonly prefix: string;
  readonly delimiter: string;
  /** Names up to and including this one are left out. */
  readonly after: string;
  readonly maxKeys: number;
}

/** A page of a listing. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Prefixes up to the delimiter that stand for everything below them. */
  readonly commonPrefixes: readonly string[];
  /** The last item or prefix of a page that is not the last one. */
  readonly next: { readonly name: string; readonly item: T | undefined } | undefined;
}

/** Orders names as S3 does: by their bytes in UTF-8. */
export function compareNames(first: string, second: string): number {
  return Buffer.compare(Buffer.from(first), Buffer.from(second));
}

/**
 * Cuts a page from items in order of their names. An item and a common prefix each count as one.
 *
 * @param items in S3's order.
 * @param nameOf name of an item; several items may share one.
 */
export function listPage<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  { prefix, delimiter, after, maxKeys }: ListingOptions,
): Page<T> {
  const listed: T[] = [];
  const commonPrefixes = new Set<string>();
  let last: Page<T>["next"];
  for (const item of items.filter((candidate) => nameOf(candidate).startsWith(prefix))) {
    const group = groupOf(nameOf(item), prefix, delimiter);
    // A page that ended with a prefix goes on behind everything below it.
    const name = group ?? nameOf(item);
    if (isBefore(name, after) || commonPrefixes.has(name)) continue;
    if (listed.length + commonPrefixes.size >= maxKeys) {
      return { items: listed, commonPrefixes: [...commonPrefixes], next: last };
    }
    if (group === undefined) listed.push(item);
    else commonPrefixes.add(group);
    last = { name, item: group === undefined ? item : undefined };
  }
  return { items: listed, commonPrefixes: [...commonPrefixes], next: undefined };
}

function groupOf(name: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === "") return undefined;
  const at = name.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : name.slice(0, at + delimiter.length);
}

function isBefore(name: string, after: string): boolean {
  return after !== "" && compareNames(name, after) <= 0;
}
