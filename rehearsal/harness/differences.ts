import type { Inspection } from "./inspection.ts";

/**
 * Where two rehearsals of the same scenarios differ, as sentences: what stands in one only, and what was asked more often.
 *
 * @param embedded the one with the providers of this project, which is wrong wherever the two differ.
 * @param real the one with provider programs.
 */
export function inspectionDifferences(embedded: Inspection, real: Inspection): readonly string[] {
  const places = new Set([...Object.keys(embedded.standing), ...Object.keys(real.standing)]);
  const calls = new Set([...Object.keys(embedded.asked), ...Object.keys(real.asked)]);
  return [
    ...[...places].flatMap((place) =>
      lineDifferences(place, embedded.standing[place] ?? [], real.standing[place] ?? []),
    ),
    ...[...calls]
      .filter((call) => embedded.asked[call] !== real.asked[call])
      .map(
        (call) =>
          `${call}: asked ${embedded.asked[call] ?? 0} times, by the real providers ${real.asked[call] ?? 0} times`,
      ),
  ];
}

/** Lines that stand on one side only, each as often as it does. */
function lineDifferences(
  place: string,
  embedded: readonly string[],
  real: readonly string[],
): readonly string[] {
  const only = (lines: readonly string[], others: readonly string[], who: string) => {
    const left = countOf(others);
    return lines
      .filter((line) => {
        const count = left.get(line) ?? 0;
        left.set(line, count - 1);
        return count <= 0;
      })
      .map((line) => `${place}, only with ${who} providers: ${line}`);
  };
  return [...only(embedded, real, "embedded"), ...only(real, embedded, "real")];
}

function countOf(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}
