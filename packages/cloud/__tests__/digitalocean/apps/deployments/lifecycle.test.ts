import {
  anAccount,
  anApp,
  api,
  aSpec,
  digest,
  messageOf,
  pick,
  textAt,
  withDigest,
  closeAccounts,
} from "../../support.ts";
import type { Reply, TestAccount } from "../../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

const job = { name: "migrate", kind: "PRE_DEPLOY", image: api.image };
const newest = (deployments: string) => account.get(`${deployments}?per_page=1`);
const phaseOf = (reply: Reply) => pick(reply.body, "deployments.0.phase");

test("a deployment of images goes PENDING_DEPLOY, DEPLOYING, ACTIVE", async () => {
  const { deployments } = await anApp(account, aSpec(), 0);
  const phases: unknown[] = [];
  for (let second = 0; second < 90; second += 1) {
    const phase = phaseOf(await newest(deployments));
    if (phases.at(-1) !== phase) phases.push(phase);
    await account.pass(1);
  }
  expect(phases).toEqual(["PENDING_DEPLOY", "DEPLOYING", "ACTIVE"]);
});

test("a deployment of code is built first", async () => {
  const code = { ...api, image: undefined };
  const git = { repo_clone_url: "https://example.com/code.git", branch: "main" };
  const { deployments } = await anApp(account, aSpec({ services: [{ ...code, git }] }), 0);
  const phases: unknown[] = [];
  for (let second = 0; second < 150; second += 2) {
    const phase = phaseOf(await newest(deployments));
    if (phases.at(-1) !== phase) phases.push(phase);
    await account.pass(2);
  }
  expect(phases).toEqual(["PENDING_BUILD", "BUILDING", "PENDING_DEPLOY", "DEPLOYING", "ACTIVE"]);
});

test("progress has the steps of build and deploy, with the job before the services", async () => {
  const { deployments } = await anApp(account, aSpec({ jobs: [job] }), 0);
  const { body } = await newest(deployments);

  expect(pick(body, "deployments.0.progress")).toMatchObject({
    pending_steps: 6,
    success_steps: 2,
    error_steps: 0,
    total_steps: 8,
    steps: [
      { name: "build", status: "SUCCESS" },
      {
        name: "deploy",
        status: "PENDING",
        steps: [
          { name: "initialize" },
          {
            name: "components",
            steps: [
              { name: "migrate", steps: [{ name: "deploy" }, { name: "wait" }] },
              {
                name: "api",
                component_name: "api",
                steps: [
                  { message_base: "Deploying service" },
                  { message_base: "Waiting for service" },
                ],
              },
            ],
          },
          { name: "finalize" },
        ],
      },
    ],
  });
});

test("the job runs before any new container starts", async () => {
  const { id, deployments } = await anApp(account, aSpec({ jobs: [job] }), 20);
  expect(phaseOf(await newest(deployments))).toBe("DEPLOYING");
  expect((await account.get(`/v2/apps/${id}/instances`)).body).toEqual({ instances: [] });
});

test("a deployment that is done has no step left and becomes the active one", async () => {
  const { path, deployments } = await anApp(account);
  const { body } = await newest(deployments);
  expect(pick(body, "deployments.0.progress")).toMatchObject({
    pending_steps: 0,
    running_steps: 0,
    error_steps: 0,
    steps: [{ status: "SUCCESS" }, { status: "SUCCESS" }],
  });
  const app = await account.get(path);
  expect(pick(app.body, "app.active_deployment.id")).toBe(pick(body, "deployments.0.id"));
  expect(pick(app.body, "app.pending_deployment")).toBeUndefined();
  expect(pick(app.body, "app.in_progress_deployment")).toBeUndefined();
});

test.each([
  ["a failing health check", "b", "api", "DeployContainerHealthChecksFailed"],
  ["a digest that the registry does not have", "0", "api", "DeployImagePullFailed"],
])(
  "%s fails the deployment and leaves the previous one active while the specification is new",
  async (_what, digit, component, code) => {
    const { path, deployments } = await anApp(account);
    const before = textAt(await account.get(path), "app.active_deployment.id");

    await account.put(path, { spec: withDigest(digit) });
    await account.pass(900);

    const app = await account.get(path);
    expect(pick(app.body, "app.spec.services.0.image.digest")).toBe(digest(digit));
    expect(pick(app.body, "app.active_deployment.id")).toBe(before);
    expect(pick(app.body, "app.active_deployment.phase")).toBe("ACTIVE");
    const { body } = await newest(deployments);
    expect(pick(body, "deployments.0")).toMatchObject({
      phase: "ERROR",
      progress: { error_steps: 1 },
    });
    expect(JSON.stringify(pick(body, "deployments.0.progress"))).toContain(code);
    const logs = textAt(
      await account.get(
        `${deployments}/${String(pick(body, "deployments.0.id"))}/components/${component}/logs?type=DEPLOY`,
      ),
      "historic_urls.0",
    );
    expect(await (await fetch(logs)).text()).toContain(component);
  },
);

test("a failing PRE_DEPLOY job stops the deployment before any container starts", async () => {
  const { path, deployments } = await anApp(account);
  const failing = { ...job, image: { ...api.image, digest: digest("d") } };

  await account.put(path, { spec: withDigest("2", { jobs: [failing] }) });
  await account.pass(900);

  const { body } = await newest(deployments);
  expect(pick(body, "deployments.0.phase")).toBe("ERROR");
  expect(JSON.stringify(body)).toContain("DeployContainerExitNonZero");
  expect(pick((await account.get(path)).body, "app.active_deployment.services.0")).toMatchObject({
    source_image_digest: digest("1"),
  });
  expect(account.cloud.store.apps[0]?.instances).toHaveLength(2);
});

test("the first deployment can fail: then nothing is active", async () => {
  const { path } = await anApp(account, withDigest("b"));
  expect(pick((await account.get(path)).body, "app.active_deployment")).toBeUndefined();
});

test.each(["build", "pre-deploy-job", "health-check"] as const)(
  "a deployment fails on demand in %s, and only one",
  async (stage) => {
    const spec = aSpec({ jobs: [job] });
    const { path, deployments } = await anApp(account, spec);

    account.cloud.failNextDeployment(stage);
    await account.put(path, { spec });
    await account.pass(900);
    const failed = await newest(deployments);
    expect(phaseOf(failed)).toBe("ERROR");
    expect(pick(failed.body, "deployments.0.progress.error_steps")).toBe(1);

    await account.post(deployments, { force_build: false });
    await account.pass(900);
    expect(phaseOf(await newest(deployments))).toBe("ACTIVE");
  },
);

test("a slow start is waited for as long as the health check allows", async () => {
  const { deployments } = await anApp(account, withDigest("e"), 60);
  expect(phaseOf(await newest(deployments))).toBe("DEPLOYING");
  await account.pass(120);
  expect(phaseOf(await newest(deployments))).toBe("ACTIVE");

  const impatient = { ...api, health_check: { ...api.health_check, failure_threshold: 2 } };
  const image = { ...api.image, digest: digest("e") };
  const second = await anApp(
    account,
    aSpec({ name: "impatient", services: [{ ...impatient, image }] }),
  );
  expect(phaseOf(await newest(second.deployments))).toBe("ERROR");
});

test("an image that never works passes where only the port is checked", async () => {
  const unchecked = { ...api, health_check: undefined };
  const image = { ...api.image, digest: digest("b") };
  const { deployments } = await anApp(account, aSpec({ services: [{ ...unchecked, image }] }));
  expect(phaseOf(await newest(deployments))).toBe("ACTIVE");
});

test("a worker that crashes fails the deployment", async () => {
  const worker = {
    name: "worker",
    image: { ...api.image, digest: digest("b") },
    instance_count: 1,
  };
  const { deployments } = await anApp(account, aSpec({ workers: [worker] }));
  const reply = await newest(deployments);
  expect(phaseOf(reply)).toBe("ERROR");
  expect(JSON.stringify(reply.body)).toContain("DeployContainerExitNonZero");
});

test("a newer deployment supersedes one that is under way, and the active one when it is done", async () => {
  const { path, deployments } = await anApp(account);
  await account.put(path, { spec: withDigest("2") });
  await account.pass(10);
  await account.put(path, { spec: withDigest("1") });
  const phases = async () => {
    const list = pick((await account.get(deployments)).body, "deployments");
    return Array.isArray(list) ? list.map((one) => pick(one, "phase")) : [];
  };

  expect(await phases()).toEqual(["PENDING_DEPLOY", "SUPERSEDED", "ACTIVE"]);
  await account.pass(600);
  expect(await phases()).toEqual(["ACTIVE", "SUPERSEDED", "SUPERSEDED"]);
});

test("a deployment can be canceled while it is under way, and leaves the old version", async () => {
  const { path, deployments } = await anApp(account);
  const updated = await account.put(path, { spec: withDigest("2") });
  const cancel = `${deployments}/${textAt(updated, "app.pending_deployment.id")}/cancel`;
  await account.pass(10);

  const canceled = await account.post(cancel);
  expect(pick(canceled.body, "deployment.phase")).toBe("CANCELED");
  await account.pass(600);

  const again = await account.post(cancel);
  expect([again.status, messageOf(again)]).toEqual([400, expect.stringContaining("CANCELED")]);
  expect(pick((await account.get(path)).body, "app.active_deployment.services.0")).toMatchObject({
    source_image_digest: digest("1"),
  });
});

test("a restart rolls the containers of the active deployment without running jobs", async () => {
  const { path, deployments } = await anApp(account, aSpec({ jobs: [job] }));

  const restarted = await account.post(`${path}/restart`, { components: ["api"] });
  expect(JSON.stringify(pick(restarted.body, "deployment.progress"))).not.toContain("migrate");
  await account.pass(600);

  expect(phaseOf(await newest(deployments))).toBe("ACTIVE");
  const instances = account.cloud.store.apps[0]?.instances ?? [];
  expect(instances.filter(({ draining }) => draining === undefined)).toHaveLength(2);
  expect(instances).toHaveLength(4);
});

test("logs are addresses; the running log of a deployment that never ran is refused: 400", async () => {
  const { path } = await anApp(account);
  const running = await account.get(`${path}/logs?type=RUN&follow=true`);
  expect(textAt(running, "live_url")).toMatch(/^http:\/\/127\.0\.0\.1/);
  expect((await account.get(`${path}/components/nobody/logs?type=RUN`)).status).toBe(404);

  await account.put(path, { spec: withDigest("b") });
  await account.pass(900);
  const failed = account.cloud.store.apps[0]?.deployments.at(-1)?.id ?? "";
  expect((await account.get(`${path}/deployments/${failed}/logs?type=RUN`)).status).toBe(400);
});

test("a log is asked for by its type, or refused", async () => {
  const { path } = await anApp(account);
  const reply = await account.get(`${path}/logs`);
  expect([reply.status, messageOf(reply)]).toEqual([422, expect.stringContaining('"type"')]);
});

test("an unknown deployment is 404", async () => {
  const { deployments } = await anApp(account);
  expect((await account.get(`${deployments}/nobody`)).status).toBe(404);
});
