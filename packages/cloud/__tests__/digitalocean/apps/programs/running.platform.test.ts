import { setTimeout } from "node:timers/promises";

import {
  aCloud,
  aService,
  aSpec,
  anApp,
  call,
  close,
  digest,
  echo,
  eventually,
  newest,
  running,
  theApp,
  variable,
  visit,
  closeClouds,
} from "./support/cloud.ts";
import type { Cloud } from "../../../../src/cloud.ts";

afterEach(closeClouds);

const restarts = (cloud: Cloud) =>
  running(cloud).reduce((sum, one) => sum + (one.restarts ?? []).length, 0);

const ready = async (cloud: Cloud) => {
  const { app_health: health } = await call(cloud, "GET", `/v2/apps/${theApp(cloud).id}/health`);
  return (health as { components: { replicas_ready: number; state: string }[] }).components[0];
};

const lines = async (cloud: Cloud, type: string) => {
  const answer = await call(cloud, "GET", `/v2/apps/${theApp(cloud).id}/logs?type=${type}`);
  const [address = ""] = answer.historic_urls as string[];
  return (await fetch(address)).text();
};

test("a program that crashes is started again, and gets requests once it is ready", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const { status } = await visit(cloud, "/crash", { method: "POST" });
  expect(status).toBe(503);

  // The other instance answers meanwhile.
  expect((await echo(cloud)).release).toBe("first");
  await eventually(
    () => ready(cloud),
    (health) => health?.replicas_ready === 2,
  );

  expect(restarts(cloud)).toBe(1);
  expect(await lines(cloud, "RUN_RESTARTED")).toMatch(/^api \S+ \{"msg":"started","pid":\d+\}\n$/);
  expect((await lines(cloud, "RUN")).match(/"started"/g)).toHaveLength(3);
});

test("a program that ends again and again is started again and again, and others go on", async () => {
  const cloud = await aCloud();
  const worker = {
    name: "worker",
    image: { registry_type: "DOCR", repository: "service", digest: digest("1") },
    instance_count: 1,
    instance_size_slug: "apps-s-1vcpu-1gb",
    envs: [variable("MODE", "short")],
  };
  await anApp(cloud, aSpec({ workers: [worker] }));
  await eventually(
    () => restarts(cloud),
    (count) => count >= 3,
  );

  expect((await visit(cloud, "/release")).status).toBe(200);
  expect((await lines(cloud, "RUN_RESTARTED")).match(/worker \S+ enough/g)?.length).toBeGreaterThan(
    2,
  );
});

test("a program that is killed without a warning is started again", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const name = cloud.digitalOcean.crash("mam", "api");
  await eventually(
    () => restarts(cloud),
    (count) => count === 1,
  );
  await eventually(
    () => ready(cloud),
    (health) => health?.replicas_ready === 2,
  );

  expect(running(cloud).find((one) => one.name === name)?.restarts).toHaveLength(1);
  expect(await lines(cloud, "RUN_RESTARTED")).not.toContain("told to end");
  expect(() => cloud.digitalOcean.crash("mam", "worker")).toThrow(
    "App mam has no running instance of worker.",
  );
});

test("a component that is taken away is not started again before it is let", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const resume = cloud.digitalOcean.halt("mam", "api");
  await eventually(
    () => ready(cloud),
    (health) => health?.replicas_ready === 0,
  );
  expect((await visit(cloud, "/echo")).status).toBe(503);
  // Longer than a restart takes at this scale.
  await setTimeout(1000);
  expect((await ready(cloud))?.replicas_ready).toBe(0);

  resume();
  await eventually(
    () => ready(cloud),
    (health) => health?.replicas_ready === 2,
  );
  expect((await echo(cloud)).release).toBe("first");
});

test("a component that is taken away does not hold up the end of the cloud", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  cloud.digitalOcean.halt("mam", "api");
  await eventually(
    () => ready(cloud),
    (health) => health?.replicas_ready === 0,
  );

  await expect(close(cloud)).resolves.toBeUndefined();
});

test("the API counts how often containers were started again", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const { id } = theApp(cloud);
  await visit(cloud, "/crash", { method: "POST" });
  await eventually(
    () => restarts(cloud),
    (count) => count === 1,
  );
  const now = Math.ceil(cloud.clock.now().getTime() / 1000);
  const answer = await call(
    cloud,
    "GET",
    `/v2/monitoring/metrics/apps/restart_count?app_id=${id}&start=${now - 60}&end=${now}`,
  );
  const { result } = answer.data as { result: { metric: object; values: [number, string][] }[] };
  expect(result.map(({ values }) => values.at(-1)?.[1]).toSorted()).toEqual(["0", "1"]);
  expect(result[0]?.metric).toMatchObject({ app_uuid: id, app_component: "api" });
});

test("a program that fails its readiness check gets no request until it passes again", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  await visit(cloud, "/sicken");

  await eventually(
    () => ready(cloud),
    (health) => health?.replicas_ready === 1,
  );
  const before = cloud.digitalOcean.programs.requests().length;
  for (let turn = 0; turn < 6; turn += 1) await visit(cloud, "/release");

  const after = cloud.digitalOcean.programs.requests().slice(before);
  expect(new Set(after.map(({ instance }) => instance)).size).toBe(1);
  expect(after.every(({ outcome }) => outcome === "answered")).toBe(true);
});

test("a program that fails its liveness check is started again", async () => {
  const cloud = await aCloud();
  const liveness = { http_path: "/health", period_seconds: 10, failure_threshold: 2 };
  await anApp(cloud, aSpec({ services: [aService("well", { liveness_health_check: liveness })] }));
  await visit(cloud, "/sicken");

  await eventually(
    () => restarts(cloud),
    (count) => count === 1,
  );
  await eventually(
    () => ready(cloud),
    (health) => health?.replicas_ready === 2,
  );
  expect(await lines(cloud, "RUN_RESTARTED")).toContain("told to end");
});

test("a worker runs, is told to end when it is replaced, and is killed after its grace", async () => {
  const cloud = await aCloud();
  const worker = (release: string) => ({
    name: "worker",
    image: { registry_type: "DOCR", repository: "service", digest: digest("1") },
    instance_count: 1,
    instance_size_slug: "apps-s-1vcpu-1gb",
    termination: { grace_period_seconds: 30 },
    envs: [variable("MODE", "stubborn"), variable("RELEASE", release)],
  });
  const first = await anApp(cloud, aSpec({ workers: [worker("first")] }));
  const old = running(cloud).find(({ kind }) => kind === "worker");

  await call(cloud, "PUT", `/v2/apps/${theApp(cloud).id}`, {
    spec: aSpec({ workers: [worker("second")] }),
  });
  await eventually(
    () => running(cloud).filter((one) => one === old),
    (left) => left.length === 0,
  );

  const told = first.logs.filter(
    ({ line, component }) => line === "told to end" && component === "worker",
  );
  expect(told).toHaveLength(1);
  expect(newest(cloud)).toMatchObject({ phase: "ACTIVE" });
});

test("logs are those of the deployment while it deploys, and live for whoever follows", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  expect((await lines(cloud, "DEPLOY")).match(/"started"/g)).toHaveLength(2);

  const { id } = theApp(cloud);
  const answer = await call(cloud, "GET", `/v2/apps/${id}/logs?type=RUN&follow=true`);
  const reading = new AbortController();
  const live = await fetch(String(answer.live_url), { signal: reading.signal });
  const reader = live.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  await visit(cloud, "/crash", { method: "POST" });
  while (text.match(/"started"/g)?.length !== 3) text += (await reader?.read())?.value ?? "";
  reading.abort();

  expect(text).toContain("api ");
});

test("no secret of a program stands in the state that is shown", async () => {
  const cloud = await aCloud();
  const secret = "open-sesame-4711";
  const envs = [variable("PORT", "3000"), variable("KEY", secret, "SECRET")];
  await anApp(cloud, aSpec({ services: [aService("well", { envs })] }));
  expect(await (await visit(cloud, "/environment")).body.text()).toContain(secret);

  const shown = await Promise.all(
    ["/__state", "/__ledger", "/__findings"].map(async (path) =>
      (await fetch(`${cloud.endpoints.digitalOcean}${path}`)).text(),
    ),
  );
  expect(shown.join("")).not.toContain(secret);
});
