import { insightsNumber } from "@mam-infra/clients/digitalocean/insights";
import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";

import { panelGroups } from "../../../monitoring/panels/all.ts";
import type { PanelGroup } from "../../../monitoring/panels/panel.ts";
import { type Query, lineLabel, together } from "../../../monitoring/promql.ts";
import { CheckSkipped } from "../../context/check.ts";
import { platformNow } from "../../context/platform-time.ts";
import type { Session } from "../../context/session.ts";
import { InsightsUnavailable, whereAvailable } from "../../dashboard/availability.ts";
import { insightsRegions } from "../../dashboard/region.ts";
import { askWatched } from "../../dashboard/watched.ts";
import type { ChartsView } from "../board.ts";
import { type Series, chartsOf } from "./chart-lines.ts";

/** How far back the charts go, as the dashboard does at first, and the time between two points; seconds. */
const span = 3 * 3600;
const step = 60;

/**
 * Seconds until what was measured is shown: up to 243 were seen (DO-Solutions/porthole, B-031). Beyond that a rate falls,
 * because its last measurements are still missing.
 */
const delay = 240;

/** What a query over a time is made of. */
interface Window {
  readonly region: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the charts of an environment, all lines with one request. An API that refuses such a query is asked for each line.
 * The datacentre in which there is data is remembered.
 */
export class ChartReader {
  readonly #session: Session;
  #isRefused = false;
  #found: string | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Reads all of them.
   *
   * @throws CheckSkipped where Insights is switched off or nothing is deployed; InsightsUnavailable where the account has none.
   */
  async read(): Promise<ChartsView> {
    const { config } = this.#session.environment;
    const { enabled, disabledReason = "" } = config.monitoring.insights;
    if (!enabled) throw new CheckSkipped(`Insights is switched off: ${disabledReason}`);
    const standing = await askWatched(this.#session);
    if (!standing) throw new CheckSkipped(`not all of ${config.name} stands yet`);
    const groups = panelGroups(config, standing.watched);
    const { region, series } = await this.#anywhere(groups);
    return chartsOf(groups, region, series, step);
  }

  /** The series of the first datacentre that has any. */
  async #anywhere(groups: readonly PanelGroup[]) {
    const candidates = this.#found
      ? [this.#found]
      : insightsRegions(this.#session.environment.config);
    let served: string | undefined;
    for (const region of candidates) {
      const series = await this.#ask(groups, region);
      if (series && series.length > 0) {
        this.#found = region;
        return { region, series };
      }
      if (series) served ??= region;
    }
    if (served !== undefined) return { region: served, series: [] };
    throw new InsightsUnavailable(
      `Insights has no data of ${candidates.join(" or ")}: name the datacentre in monitoring.insights.region`,
    );
  }

  /** The series of every line; undefined in a datacentre that Insights does not serve. */
  async #ask(groups: readonly PanelGroup[], region: string): Promise<Series[] | undefined> {
    const { clients, endpoints } = this.#session;
    const now = platformNow(endpoints).getTime() / 1000;
    const end = Math.floor((now - delay) / step) * step;
    const window = { region, start: end - span, end };
    const queries = groups.flatMap(({ panels }) =>
      panels.flatMap((panel) => panel.queries.map(({ query }) => query)),
    );
    try {
      return await whereAvailable(() => this.#askAll(clients.digitalOcean(), window, queries));
    } catch (error) {
      // A region without Insights answers as an account without it does.
      if (error instanceof InsightsUnavailable && error.status === 404) return undefined;
      throw error;
    }
  }

  async #askAll(api: DigitalOcean, window: Window, queries: readonly Query[]): Promise<Series[]> {
    if (!this.#isRefused) {
      try {
        return await askOne(api, window, together(queries));
      } catch (error) {
        if (!isNotUnderstood(error)) throw error;
        this.#isRefused = true;
      }
    }
    const each = queries.map(async (query, index) => {
      const series = await askOne(api, window, query);
      return series.map(({ labels, values }) => ({
        labels: { ...labels, [lineLabel]: String(index) },
        values,
      }));
    });
    return (await Promise.all(each)).flat();
  }
}

/** Statuses with which a query is refused that is too long, too much, or uses what is not there. */
const notUnderstood = new Set([400, 413, 414, 422, 431]);

function isNotUnderstood(error: unknown): boolean {
  return notUnderstood.has(refusedWith(error) ?? 0);
}

async function askOne(api: DigitalOcean, window: Window, { text }: Query): Promise<Series[]> {
  const { region, start, end } = window;
  const query = { query: text, start, end, step };
  const { data } = await api.call("queryInsightsRange", { region }, { query });
  return data.result.map(({ metric, values }) => ({
    labels: metric,
    values: values.map(([at, value]) => [at, insightsNumber(value)] as const),
  }));
}
