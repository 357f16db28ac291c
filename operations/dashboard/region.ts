import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import { discoveryWindow, metricNames } from "@mam-infra/clients/digitalocean/insights";

import { regions } from "../../environments/platform/regions.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { type Watched, appUrn, clusterUrn } from "../../monitoring/watched.ts";
import type { Session } from "../context/session.ts";
import { InsightsUnavailable } from "./availability.ts";

/** Where the metrics of an environment are, and which names are known there. */
export interface MetricPlace {
  /** Datacentre. */
  readonly region: string;
  /** Names as the region answers them, with underscores. */
  readonly catalogue: ReadonlySet<string>;
}

/** The datacentres in which metrics may be: the one that the environment names, or those behind its region. */
export function insightsRegions({ monitoring, network }: EnvironmentConfig): readonly string[] {
  const { region } = monitoring.insights;
  return region === undefined ? regions[network.region].insights : [region];
}

/**
 * Finds the datacentre in which the environment's own resources have series; the first that answers, while none has any.
 *
 * @throws InsightsUnavailable when no datacentre answers.
 */
export async function findMetrics(
  { clients, environment: { config } }: Session,
  watched: Watched,
  now: Date,
): Promise<MetricPlace> {
  const api = clients.digitalOcean();
  const candidates = insightsRegions(config);
  const served: string[] = [];
  for (const region of candidates) {
    const own = await ownNames(api, region, watched, now);
    if (own === undefined) continue;
    if (own.length > 0) return { region, catalogue: await metricNames(api, region, now) };
    served.push(region);
  }
  const [region] = served;
  if (region !== undefined) return { region, catalogue: await metricNames(api, region, now) };
  throw new InsightsUnavailable(
    `Insights has no data of ${candidates.join(" or ")}: name the datacentre in monitoring.insights.region`,
  );
}

/** Names of the metrics that the environment's own resources send; undefined in a datacentre that Insights does not serve. */
async function ownNames(
  api: ReturnType<Session["clients"]["digitalOcean"]>,
  region: string,
  watched: Watched,
  now: Date,
): Promise<readonly string[] | undefined> {
  const urns = [appUrn(watched), clusterUrn(watched, "postgres"), clusterUrn(watched, "valkey")];
  const match = urns.map((urn) => `{resource_urn="${urn}"}`);
  try {
    const { data } = await api.call(
      "listInsightsLabelValues",
      { region, label: "__name__" },
      { query: { ...discoveryWindow(now), "match[]": match } },
    );
    return data;
  } catch (error) {
    if (refusedWith(error) === 404) return undefined;
    throw error;
  }
}
