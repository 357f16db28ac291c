import { z } from "zod";

import { endpoint, ok } from "../api/endpoint.ts";
import { findApp } from "../apps/app.ts";

const seconds = z.coerce.number().min(0);

/** Seconds between two values, unless there were too many of them. */
const shortestStep = 60;
const mostValues = 500;

/**
 * How often the containers of an app were started again. Source: DigitalOcean API description,
 * `monitoring/monitoring_get_appRestartCountMetrics.yml`; the labels are those of its example.
 */
export const restartCountEndpoint = endpoint({
  method: "GET",
  path: "/v2/monitoring/metrics/apps/restart_count",
  scope: "monitoring:read",
  query: z.strictObject({
    app_id: z.uuid(),
    app_component: z.string().exactOptional(),
    start: seconds,
    end: seconds,
  }),
  handle: ({ store, query: { app_id: id, app_component: component, start, end } }) => {
    const { instances } = findApp(store, id);
    const step = Math.max(shortestStep, (end - start) / mostValues);
    const count = Math.max(1, Math.floor((end - start) / step) + 1);
    const times = Array.from({ length: count }, (_, index) => start + index * step);
    const result = instances
      .filter((one) => component === undefined || one.component === component)
      .map(({ component: of, name, restarts = [] }) => ({
        metric: { app_uuid: id, app_component: of, app_component_instance: name },
        values: times.map((time) => [
          time,
          String(restarts.filter((at) => at <= time * 1000).length),
        ]),
      }));
    return ok({ status: "success", data: { resultType: "matrix", result } });
  },
});
