import { answeredName } from "@mam-infra/clients/digitalocean/insights";

import { metrics } from "../../../monitoring/metrics.ts";
import { type NeededMetric, judgeMetrics } from "../../../operations/dashboard/catalogue.ts";

const all = Object.keys(metrics).map(answeredName);
const needed: readonly NeededMetric[] = [
  { metric: "do.apps.app_replicas_ready", usedBy: "the rule" },
  { metric: "do.databases.disk_utilization", usedBy: "the panel of the disk" },
  { metric: "do.databases.pg_deadlocks", usedBy: "the panel of deadlocks" },
];
const without = (name: string) => new Set(all.filter((one) => one !== answeredName(name)));

test("nothing is said about metrics that a region knows", () => {
  expect(judgeMetrics(needed, new Set(all), false)).toEqual({ unknown: [], awaited: [] });
});

test.each(needed)("$metric that is missing among its kind is unknown", (one) => {
  expect(judgeMetrics(needed, without(one.metric), false)).toEqual({ unknown: [one], awaited: [] });
});

test("a region in which nothing of a kind is sent may still get it", () => {
  const hosts = new Set(
    all.filter((name) => name.startsWith("do_databases_") && !name.includes("_pg_")),
  );

  expect(judgeMetrics(needed, hosts, false)).toEqual({
    unknown: [],
    awaited: ["do.apps.app_replicas_ready", "do.databases.pg_deadlocks"],
  });
});

test("PostgreSQL's own metrics do not make up for those of the hosts", () => {
  const engines = new Set(all.filter((name) => name.includes("_pg_")));

  expect(judgeMetrics(needed, engines, false).awaited).toContain("do.databases.disk_utilization");
});

test("a young platform misses what may still come", () => {
  expect(judgeMetrics(needed, without("do.databases.pg_deadlocks"), true)).toEqual({
    unknown: [],
    awaited: ["do.databases.pg_deadlocks"],
  });
});
