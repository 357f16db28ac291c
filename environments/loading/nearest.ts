import leven from "leven";

/**
 * The word that a person may have meant: the nearest of those that there are, if it is near enough. Two letters may be
 * others, which is what two that changed places come to, and in a long word a third of them.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, slips: leven(plain(word), plain(candidate)) }))
    .filter(({ slips }) => slips <= Math.max(Math.min(2, word.length / 2), word.length / 3))
    .toSorted((one, other) => one.slips - other.slips);
  return best?.candidate;
}

/** Case and separators are no slips: `uptime_regions` means `uptimeRegions`. */
function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
