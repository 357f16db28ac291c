import type { z } from "zod";

import type { Counts } from "./counts.ts";
import { percentile } from "./times.ts";
import { amount, wholeNumber } from "../environment.ts";
import type { Measure } from "./verdict.ts";

/**
 * What the platform says about requests. The defaults are those of `monitoring.objectives`: an image also starts where
 * the spec that it is deployed by does not know them yet.
 */
export const requestObjectives = {
  SERVICE_LEVEL_WINDOW_SECONDS: wholeNumber.default(300),
  SERVICE_LEVEL_LEAST_REQUESTS: wholeNumber.default(50),
  SERVICE_LEVEL_ERROR_RATE_PERCENT: amount.default(1),
};

/** What the platform says about playback. */
export const playbackObjectives = { SERVICE_LEVEL_FIRST_BYTE_MS: wholeNumber.default(1000) };

/** How requests are judged. */
export interface RequestObjectives {
  readonly SERVICE_LEVEL_WINDOW_SECONDS: number;
  readonly SERVICE_LEVEL_LEAST_REQUESTS: number;
  readonly SERVICE_LEVEL_ERROR_RATE_PERCENT: z.output<typeof amount>;
}

/** Share of answers that failed. */
export function errorRate({ requests, failures }: Counts, objectives: RequestObjectives): Measure {
  return {
    name: "error-rate",
    value: requests === 0 ? undefined : (failures / requests) * 100,
    threshold: objectives.SERVICE_LEVEL_ERROR_RATE_PERCENT,
    unit: "percent",
    of: { count: requests, least: objectives.SERVICE_LEVEL_LEAST_REQUESTS },
  };
}

/** Time of 95 of 100. */
export function p95(
  name: "p95" | "first-byte",
  { times }: Counts,
  threshold: number,
  { SERVICE_LEVEL_LEAST_REQUESTS: least }: RequestObjectives,
): Measure {
  const count = Array.from(times).reduce((total, one) => total + one, 0);
  const value = percentile(times, 0.95);
  return { name, value, threshold, unit: "milliseconds", of: { count, least } };
}
