import { readFileSync } from "node:fs";

import type { Cloud } from "../../../../src/cloud.ts";
import {
  aCloud,
  aService,
  aSpec,
  anApp,
  call,
  eventually,
  theApp,
  update,
  variable,
  visit,
  closeClouds,
} from "../../apps/programs/support/cloud.ts";

afterEach(closeClouds);

interface Vector {
  readonly data: {
    readonly result: { metric: Record<string, string>; value: [number, string] }[];
  };
}

/** The values of a query, by instance or component. */
async function query(cloud: Cloud, text: string): Promise<Map<string, number>> {
  const path = `/v2/insights/query/nyc1/prom/api/v1/query?query=${encodeURIComponent(text)}`;
  const { data } = (await call(cloud, "GET", path)) as unknown as Vector;
  return new Map(
    data.result.map(({ metric, value }) => [
      metric.app_component_instance ?? metric.app_component ?? "",
      Number(value[1]),
    ]),
  );
}

const some = (values: Map<string, number>) => values.size > 0;
/** CPUs of the one instance of a component. */
const cpuOf = (values: Map<string, number>, component: string) =>
  [...values].find(([instance]) => instance.startsWith(`${component}-`))?.[1] ?? NaN;
const residentKib = (pid: number) =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);

/** What the first line of a program's log says of its processes. */
const pidsIn = (cloud: Cloud) =>
  theApp(cloud)
    .deployments.flatMap(({ logs }) => logs)
    .flatMap(({ line }) => /"pid":(\d+)/.exec(line)?.[1] ?? [])
    .map(Number);

test("memory is that of the instance's processes, with what they started", async () => {
  const cloud = await aCloud();
  await anApp(cloud, aSpec({ services: [aService("parent", { instance_count: 1 })] }));
  await query(cloud, "do.apps.app_replicas_desired");
  const values = await eventually(() => query(cloud, "do.apps.app_memory_usage"), some);
  const [parent = 0, child = 0] = pidsIn(cloud);
  const [measured = 0] = values.values();

  expect(child).toBeGreaterThan(0);
  expect(measured / 1024).toBeGreaterThan(0.7 * residentKib(parent));
  expect(measured / 1024).toBeLessThan(1.3 * (residentKib(parent) + residentKib(child)));
});

test("utilization is the part of the component's size", async () => {
  const cloud = await aCloud();
  await anApp(cloud, aSpec({ services: [aService("well", { instance_count: 1 })] }));
  const part = "do.apps.app_memory_utilization / do.apps.app_memory_usage";
  const [value = 0] = (await eventually(() => query(cloud, part), some)).values();

  expect(value).toBeCloseTo(100 / 1024 ** 3, 12);
});

test("CPU is that of the processes: one that is busy shows more than one that waits", async () => {
  const cloud = await aCloud();
  const one = { instance_count: 1 };
  const services = [aService("busy", one), aService("well", { ...one, name: "idle" })];
  await anApp(cloud, aSpec({ services }));
  // How much of a CPU a busy process gets depends on what else runs on this machine.
  const values = await eventually(
    () => query(cloud, "max_over_time(do.apps.app_cpu_usage[30m])"),
    (found) => found.size === 2 && cpuOf(found, "api") > 4 * cpuOf(found, "idle"),
  );
  expect(Math.max(...values.values())).toBeLessThan(2);
});

test("requests and their 95th percentile are counted at the ingress, by component", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  await query(cloud, "do.apps.app_replicas_desired");
  await Promise.all(Array.from({ length: 20 }, () => visit(cloud, "/slow?ms=300")));
  // Twenty in the window of five seconds.
  await eventually(
    () => query(cloud, "max_over_time(do.apps.app_requests_per_second[2h])"),
    (rate) => rate.get("api") === 4,
  );
  const slow = await query(cloud, "max_over_time(do.apps.app_request_duration_p95[2h])");

  expect(slow.get("api")).toBeGreaterThanOrEqual(0.3);
  expect(slow.get("api")).toBeLessThan(5);
});

test("a crash shows as a restart of its instance alone", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  await query(cloud, "do.apps.app_replicas_desired");
  await eventually(
    () => query(cloud, "do.apps.app_replicas_ready"),
    (found) => found.get("api") === 2,
  );
  const instance = cloud.digitalOcean.crash("mam", "api");
  const restarted = await eventually(
    () => query(cloud, "do.apps.app_restarts_total"),
    (found) => found.get(instance) === 1,
  );

  expect([...restarted.values()].toSorted()).toEqual([0, 1]);
});

test("an app that ran before anybody asked is not taken for one that was not ready", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  await cloud.clock.sleep(3600);
  await query(cloud, "do.apps.app_replicas_desired");
  const mean = await eventually(
    () => query(cloud, "avg_over_time(do.apps.app_replicas_ready[1d])"),
    some,
  );

  expect(mean.get("api")).toBe(2);
});

test("an instance that a deployment replaced has no values from its end on", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  await query(cloud, "do.apps.app_replicas_desired");
  const before = await eventually(() => query(cloud, "do.apps.app_memory_usage"), some);
  const envs = [variable("PORT", "3000"), variable("RELEASE", "second")];
  await update(cloud, aSpec({ services: [aService("well", { envs })] }));
  const after = await eventually(
    () => query(cloud, "do.apps.app_memory_usage"),
    (found) => found.size === 2 && [...found.keys()].every((name) => !before.has(name)),
  );

  expect(after.size).toBe(2);
});

test("nothing is measured until somebody asks", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  await new Promise((resolve) => setTimeout(resolve, 1500));

  expect(cloud.digitalOcean.store.insights.isAsked).toBe(false);
  expect(await query(cloud, "do.apps.app_memory_usage")).toEqual(new Map());
});
