import type { EndpointName } from "@mam-infra/clients/digitalocean/endpoints";

type Lifetimes = Readonly<Partial<Record<EndpointName, number>>>;

/** How often somebody who watches asks DigitalOcean for what. Times are seconds. */
export interface ReadingPlan {
  /** What changes quickly: asked again as soon as its answer is as old as this. */
  readonly often: Lifetimes;
  /** What changes slowly: asked again after this, as far as `seldomAMinute` allows it. */
  readonly seldom: Lifetimes;
  /** The same for every call that is named nowhere: what only a person or a deployment changes. */
  readonly otherwise: number;
  /** Most requests of those that change slowly in any minute: they spread, instead of coming together. */
  readonly seldomAMinute: number;
}

/** Seconds of a minute, by which requests are counted. */
export const minute = 60;

/**
 * What `mam status --watch` asks: 4 requests in any minute after its first look, which is twelve. The checks from
 * outside come round in five minutes, everything else of the databases within an hour.
 */
export const statusPlan: ReadingPlan = {
  often: { listApps: 60, getAppHealth: 60 },
  seldom: { getUptimeState: 300 },
  otherwise: 1800,
  seldomAMinute: 2,
};

/**
 * What the page asks: 6 requests in any minute after its first look, which is some fifteen. Metrics take three minutes until
 * Insights shows them (docs/fidelity.md), so that charts that are two minutes old miss nothing.
 */
export const pagePlan: ReadingPlan = {
  often: { listApps: 30, getAppHealth: 60, listInsightsAlertInstances: 60 },
  seldom: { queryInsightsRange: 120, getUptimeState: 300, listDatabases: 600 },
  otherwise: 1800,
  seldomAMinute: 2,
};

/**
 * What `mam deploy --analyse` asks while it watches: 4 requests in any minute. Insights takes three minutes until it shows what
 * happened (docs/fidelity.md), so that a minute more hides nothing. Services are asked at their own addresses.
 */
export const analysisPlan: ReadingPlan = {
  often: { listApps: 60, listInsightsAlertInstances: 60 },
  seldom: {},
  otherwise: 1800,
  seldomAMinute: 2,
};

/** Most requests that a plan comes to in any minute, as long as each list has one page and there is one of each that is asked often. */
export function mostAMinute({ often, seldomAMinute }: ReadingPlan): number {
  const frequent = Object.values(often).map((seconds) => Math.ceil(minute / seconds));
  return frequent.reduce((sum, count) => sum + count, seldomAMinute);
}
