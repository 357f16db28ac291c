import {
  aCloud,
  aService,
  aSpec,
  anApp,
  call,
  deployed,
  digest,
  echo,
  eventually,
  newest,
  running,
  theApp,
  update,
  variable,
  visit,
  closeClouds,
} from "./support/cloud.ts";

afterEach(closeClouds);

const release = async (cloud: Parameters<typeof echo>[0]) => (await echo(cloud)).release;

const next = (mode = "well", fields: object = {}) =>
  aSpec({
    services: [
      aService(mode, {
        envs: [variable("PORT", "3000"), variable("MODE", mode), variable("RELEASE", "second")],
        ...fields,
      }),
    ],
  });

const migrate = (how: string, fields: object = {}) => ({
  name: "migrate",
  kind: "PRE_DEPLOY",
  image: { registry_type: "DOCR", repository: "job", digest: digest("1") },
  instance_size_slug: "apps-s-1vcpu-1gb",
  envs: [variable("JOB", how)],
  ...fields,
});

test("a deployment of programs starts them and serves through the door", async () => {
  const cloud = await aCloud();
  const deployment = await anApp(cloud);
  expect(deployment).toMatchObject({ phase: "ACTIVE" });

  const answer = await echo(cloud, "/echo?a=b", { method: "POST", body: "hello" });

  expect(answer).toMatchObject({ method: "POST", url: "/echo?a=b", text: "hello" });
  expect(cloud.digitalOcean.programs.counts()).toMatchObject({ answered: 1, refused: 0 });
});

test("a release refuses no request, and nothing of the old one is left", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const seen = new Set<unknown>();
  const ending = new AbortController();
  const users = Array.from({ length: 4 }, async () => {
    while (!ending.signal.aborted) {
      const { body } = await visit(cloud, "/release");
      seen.add(await body.text());
    }
  });

  expect(await update(cloud, next())).toMatchObject({ phase: "ACTIVE" });
  await eventually(
    () => running(cloud),
    (left) => left.length === 2,
  );
  ending.abort();
  await Promise.all(users);

  expect([...seen]).toEqual(["first", "second"]);
  const refused = cloud.digitalOcean.programs
    .requests()
    .filter(({ outcome }) => outcome !== "answered");
  expect(refused).toEqual([]);
  expect(cloud.digitalOcean.programs.counts().answered).toBeGreaterThan(10);
});

test.each([
  ["never passes its health check", "unhealthy", "DeployContainerHealthChecksFailed"],
  ["never listens", "silent", "DeployContainerHealthChecksFailed"],
  ["crashes at its start", "crashes", "DeployContainerExitNonZero"],
])("a release that %s fails, and the one before serves on", async (_what, mode, code) => {
  const cloud = await aCloud({ startSeconds: 3 });
  await anApp(cloud);

  const failed = await update(cloud, next(mode));

  expect(failed).toMatchObject({ phase: "ERROR" });
  expect(JSON.stringify(failed.progress)).toContain(code);
  expect(await release(cloud)).toBe("first");
  expect(cloud.digitalOcean.programs.counts().refused).toBe(0);
});

test("a program that cannot be started fails its release, and its log says why", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  cloud.digitalOcean.pushImage({
    repository: "service",
    digest: digest("9"),
    image: { program: { directory: "/", command: ["no-such-program"] } },
  });
  const image = { registry_type: "DOCR", repository: "service", digest: digest("9") };
  const failed = await update(cloud, next("well", { image }));

  expect(failed).toMatchObject({ phase: "ERROR" });
  expect(failed.logs.map(({ line }) => line).join()).toContain("cannot start no-such-program");
});

test("a job that succeeds runs before the programs; one that fails ends the deployment", async () => {
  const cloud = await aCloud();
  await anApp(cloud, aSpec({ jobs: [migrate("succeeds")] }));

  const failed = await update(cloud, { ...next(), jobs: [migrate("fails")] });

  expect(failed).toMatchObject({ phase: "ERROR" });
  expect(JSON.stringify(failed.progress)).toContain("DeployContainerExitNonZero");
  expect(failed.logs.map(({ line }) => line)).toEqual(
    expect.arrayContaining(["migrating", "relation exists already"]),
  );
  expect(theApp(cloud).instances.some((one) => one.deployment === failed.id)).toBe(false);
  expect(await release(cloud)).toBe("first");
});

test("a job that does not end in its time is ended", async () => {
  const cloud = await aCloud();
  const deployment = await anApp(cloud, aSpec({ jobs: [migrate("hangs", { timeout: "1s" })] }));

  expect(deployment).toMatchObject({ phase: "ERROR" });
  expect(deployment.logs.map(({ line }) => line)).toContain("the job did not end within 1 seconds");
});

test("a restart replaces the programs and runs no job", async () => {
  const cloud = await aCloud();
  const first = await anApp(cloud, aSpec({ jobs: [migrate("succeeds")] }));
  await call(cloud, "POST", `/v2/apps/${theApp(cloud).id}/restart`, {});
  const second = await deployed(cloud);

  expect(second).toMatchObject({ phase: "ACTIVE" });
  expect(second.id).not.toBe(first.id);
  expect(second.logs.map(({ line }) => line)).not.toContain("migrating");
  expect(await release(cloud)).toBe("first");
});

test("a rollback deploys what ran before", async () => {
  const cloud = await aCloud();
  const first = await anApp(cloud);
  await update(cloud, next());
  expect(await release(cloud)).toBe("second");

  const { id } = theApp(cloud);
  await call(cloud, "POST", `/v2/apps/${id}/rollback`, { deployment_id: first.id });
  expect(await deployed(cloud)).toMatchObject({ phase: "ACTIVE", cloned_from: first.id });

  await eventually(
    () => release(cloud),
    (one) => one === "first",
  );
});

test("a deployment that is superseded ends what it had started", async () => {
  const cloud = await aCloud({ startSeconds: 60 });
  await anApp(cloud);
  await call(cloud, "PUT", `/v2/apps/${theApp(cloud).id}`, { spec: next("silent") });
  const slow = await eventually(
    () => newest(cloud),
    (one) => one?.logs.some(({ line }) => line.includes("started")) === true,
  );

  expect(await update(cloud, next())).toMatchObject({ phase: "ACTIVE" });
  await eventually(
    () => running(cloud).filter((one) => one.deployment === slow?.id),
    (left) => left.length === 0,
  );
  expect(slow).toMatchObject({ phase: "SUPERSEDED" });
  expect(slow?.logs.map(({ line }) => line)).toContain("told to end");
});
