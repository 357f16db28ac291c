import type { Endpoint } from "../api/endpoint.ts";
import { channelEndpoints } from "./channels/endpoints.ts";
import { dashboardEndpoints } from "./dashboards/endpoints.ts";
import { unavailable } from "./errors.ts";
import { logEndpoints } from "./log-endpoints.ts";
import { queryEndpoints } from "./queries/endpoints.ts";
import { resourceEndpoints } from "./resource-endpoints.ts";
import { ruleEndpoints } from "./rules/endpoints.ts";
import { instanceEndpoints } from "./rules/instance-endpoints.ts";

/** An endpoint of Insights: it answers only an account that has it, and whoever asks makes it measure from then on. */
const ofInsights = (one: Endpoint): Endpoint => ({
  ...one,
  answer: (request) => {
    const { insights } = request.platform.store;
    const { availability } = insights.knobs;
    if (availability !== "available") throw unavailable[availability]();
    insights.isAsked = true;
    return one.answer(request);
  },
});

/** `/v2/insights`. */
export const insightsEndpoints: readonly Endpoint[] = [
  ...dashboardEndpoints,
  ...ruleEndpoints,
  ...instanceEndpoints,
  ...channelEndpoints,
  ...queryEndpoints,
  ...resourceEndpoints,
  ...logEndpoints,
].map(ofInsights);
