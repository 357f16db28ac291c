import type { DigitalOcean } from "../../digitalocean.ts";

/** How far back names are looked for, in seconds: a day, as the known catalogues were read. */
const catalogueSeconds = 86_400;

/** The window that looking for names and labels needs: it is refused with 422 without one. */
export function discoveryWindow(
  now: Date,
  seconds = catalogueSeconds,
): { readonly start: number; readonly end: number } {
  const end = Math.floor(now.getTime() / 1000);
  return { start: end - seconds, end };
}

/**
 * The names of the metrics that a region knows, with underscores. One is among them only while some resource sends it, so
 * a young platform's may be missing.
 *
 * @throws DigitalOceanError when the region has no Insights, or the account does not.
 */
export async function metricNames(
  client: Pick<DigitalOcean, "call">,
  region: string,
  now: Date,
): Promise<ReadonlySet<string>> {
  const query = discoveryWindow(now);
  const { data } = await client.call(
    "listInsightsLabelValues",
    { region, label: "__name__" },
    { query },
  );
  return new Set(data);
}
