import { secondsOf } from "../../../durations.ts";
import type { Platform } from "../../platform.ts";
import { appRegions } from "../../regions.ts";
import type { Window } from "../promql/range-functions.ts";
import { appSeries } from "./app-series.ts";
import { databaseSeries } from "./database-series.ts";
import { type Series, pointsOf } from "./series.ts";

/** Every series that the account's resources send, of all regions. */
export function allSeries({ store, recorded }: Pick<Platform, "store" | "recorded">): Series[] {
  const { knobs, resources } = store.insights;
  const silent = new Set(
    resources
      .filter(({ signals }) => signals.metrics?.enabled === false)
      .map(({ resource_urn: urn }) => urn),
  );
  const apps = store.apps.flatMap((app) => {
    const slug = app.spec.region ?? "nyc";
    const datacentre = appRegions.find((one) => one.slug === slug)?.vpc ?? slug;
    const region = knobs.appDatacentres[slug] ?? datacentre;
    const silentUntil = Date.parse(app.created_at) + knobs.silentSeconds * 1000;
    return appSeries({ app, recorded }, { region, silentUntil });
  });
  const databases = store.databases.flatMap((cluster) => databaseSeries(cluster, recorded));
  const unknown = new Set(knobs.unknownMetrics);
  return [...apps, ...databases].filter(
    ({ urn, metric }) => !silent.has(urn) && !unknown.has(metric.name),
  );
}

/** The points of a series that can be seen by now: what was measured takes minutes until it is found. */
export function visiblePoints(series: Series, { from, to }: Window, now: Date) {
  const newest = now.getTime() - secondsOf("insights-metric") * 1000;
  return pointsOf(series, { from, to: Math.min(to, newest) });
}
