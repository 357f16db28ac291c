/** A path below the prefix, and what the edge makes of it. */
export interface PathOfThePage {
  readonly rest: string;
  readonly served: boolean;
}

/** The table of paths below the prefix in docs/links.md. */
export function pathsOfThePage(page: string): readonly PathOfThePage[] {
  return [...page.matchAll(/^\| `([^`]+)` +\| (serves|refuses) +\|$/gm)].map(
    ([, rest = "", verdict]) => ({ rest, served: verdict === "serves" }),
  );
}
