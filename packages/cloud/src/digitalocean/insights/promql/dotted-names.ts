/** A text in any quotes, or a metric as DigitalOcean writes it. */
const quotedOrDotted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\bdo(?:\.[a-zA-Z_]\w*)+/g;

/** A metric's name as series have it. */
export const seriesName = (metric: string) => metric.replaceAll(".", "_");

/**
 * Writes metrics such as `do.apps.app_cpu_usage` with underscores, which is what PromQL's grammar knows; the platform takes
 * both. Nothing moves, so that places in errors stay right. Texts in quotes are left alone.
 */
export function withoutDots(query: string): string {
  return query.replace(quotedOrDotted, (found) =>
    found.startsWith("do.") ? seriesName(found) : found,
  );
}
