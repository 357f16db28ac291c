import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { componentLabel, of, ofEachComponent, over } from "../promql.ts";
import { type Watched, appUrn } from "../watched.ts";
import { type PanelGroup, alertAt } from "./panel.ts";

const eachLine = "One line for each service (frontend, api, worker, edge).";
const legend = `{{${componentLabel}}}`;

/** What the four services do: what users feel first, then what it is made of. */
export function servicePanels(config: EnvironmentConfig, watched: Watched): PanelGroup {
  return {
    title: "Services: requests, answer times, instances, CPU and memory",
    panels: [
      ...trafficPanels(config, watched),
      ...instancePanels(config, watched),
      ...resourcePanels(config, watched),
    ],
  };
}

function trafficPanels({ monitoring }: EnvironmentConfig, watched: Watched) {
  const urn = appUrn(watched);
  const seconds = monitoring.objectives.apiP95Milliseconds / 1000;
  return [
    {
      key: "services-requests",
      title: "Requests a second",
      description: `How much the services are used. ${eachLine} The worker has none: it takes jobs from the queue. No line at all in the first hour after a deployment means that the platform has not begun to measure.`,
      unit: "requests/s",
      queries: [
        {
          query: ofEachComponent("sum", of("do.apps.app_requests_per_second", urn)),
          legend,
        },
      ],
      thresholds: [],
    },
    {
      key: "services-answer-time",
      title: "Answer time: 95 of 100 requests are faster",
      description: `How long users wait, in seconds. ${eachLine} The drawn line is what users may expect of the API; playback at edge takes as long as somebody watches. If it rises with CPU, instances are short; if it rises alone, look at PostgreSQL below.`,
      unit: "seconds",
      queries: [
        {
          query: ofEachComponent("max", of("do.apps.app_request_duration_p95", urn)),
          legend,
        },
      ],
      thresholds: [
        {
          value: seconds,
          name: `alert: the API above ${seconds} s for 10 minutes`,
          severity: "warning",
        },
      ],
    },
  ] as const;
}

function instancePanels({ alerting }: EnvironmentConfig, watched: Watched) {
  const urn = appUrn(watched);
  const { restarts } = alerting.components;
  return [
    {
      key: "services-instances",
      title: "Instances: wanted and ready",
      description: `How many instances of each service should run, and how many answer. Both lines of a service lie on each other when all is well, and part for some minutes during a deployment.`,
      unit: "count",
      queries: [
        {
          query: ofEachComponent("max", of("do.apps.app_replicas_desired", urn)),
          legend: `${legend} wanted`,
        },
        {
          query: ofEachComponent("max", of("do.apps.app_replicas_ready", urn)),
          legend: `${legend} ready`,
        },
      ],
      thresholds: [],
    },
    {
      key: "services-restarts",
      title: "Restarts within ten minutes",
      description: `How often instances ended and were started again. ${eachLine} None is normal. A service that restarts again and again fails its health check, crashes, or runs out of memory.`,
      unit: "count",
      queries: [
        {
          query: ofEachComponent("sum", over("increase", "do.apps.app_restarts_total", urn, "10m")),
          legend,
        },
      ],
      thresholds: [
        {
          value: restarts,
          name: `alert: more than ${restarts} within 10 minutes`,
          severity: "warning",
        },
      ],
    },
  ] as const;
}

function resourcePanels({ alerting }: EnvironmentConfig, watched: Watched) {
  const urn = appUrn(watched);
  const { cpuPercent, memoryPercent } = alerting.components;
  return [
    {
      key: "services-cpu",
      title: "CPU of the busiest instance",
      description: `How much of its CPU the busiest instance of each service uses. ${eachLine} The worker is busy while it makes previews, which is no fault.`,
      unit: "percent",
      queries: [{ query: ofEachComponent("max", of("do.apps.app_cpu_utilization", urn)), legend }],
      thresholds: [alertAt(cpuPercent, " %", 10)],
    },
    {
      key: "services-memory",
      title: "Memory of the fullest instance",
      description: `How much of its memory the fullest instance of each service uses. ${eachLine} At 100 % the instance is killed and started again. A line that only climbs is a leak.`,
      unit: "percent",
      queries: [
        { query: ofEachComponent("max", of("do.apps.app_memory_utilization", urn)), legend },
      ],
      thresholds: [alertAt(memoryPercent, " %", 5)],
    },
  ] as const;
}
