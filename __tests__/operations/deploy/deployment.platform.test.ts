import { confirmed, silent } from "../../support/deploying.ts";
import { hostname } from "node:os";

import { PutObjectCommand } from "@aws-sdk/client-s3";

import { plainProgress } from "../../../operations/context/progress.ts";
import type { Session } from "../../../operations/context/session.ts";
import { deployEnvironment } from "../../../operations/deploy/deploy.ts";
import { imagesOf } from "../../../operations/platform/deployments.ts";
import { readLedger, recordEntry } from "../../../operations/ledger/ledger.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import { readRelease } from "../../../operations/release/release-file.ts";
import { unlessInVain } from "../../../operations/rollback/in-vain.ts";
import { rollBackInEmergency } from "../../../operations/rollback/emergency.ts";
import { rollBack } from "../../../operations/rollback/rollback.ts";
import { chooseCourse } from "../../../operations/rollback/target.ts";
import { runningApp } from "../../../operations/platform/running-app.ts";
import type { StackKind } from "../../../operations/terraform/stack-kinds.ts";
import { imageOfData } from "../../../rehearsal/harness/rehearsal-cloud.ts";
import { lockKeys, newestState } from "../../../rehearsal/harness/states.ts";
import { type TestPlatform, openPlatform } from "../../support/platform.ts";
import { spoilLedger } from "../../support/spoilt-ledger.ts";
import { withConfig } from "../doctor/support/breakage.ts";
import { entryOf, imagesOf as letters } from "../ledger/entries.ts";

// One environment's life, from nothing on: each test begins where the one before it ended.

let platform: TestPlatform;
const { confirm } = confirmed;
const healthy = { api: { healthy: true } };
const unhealthy = { api: { healthy: false } };

beforeAll(async () => {
  platform = await openPlatform();
});

afterAll(async () => {
  const { cloud, providers } = platform;
  const findings = [...cloud.findings(), ...providers.findings()];
  await platform.end();
  expect(findings).toEqual([]);
});

/** A session in which Terraform can start no AWS provider. */
function withoutAws(): Session {
  const { TF_REATTACH_PROVIDERS: reattach = "{}" } = platform.variables;
  const { "registry.terraform.io/hashicorp/aws": aws, ...others } = JSON.parse(reattach) as Record<
    string,
    unknown
  >;
  expect(aws).toBeDefined();
  return platform.session({ TF_REATTACH_PROVIDERS: JSON.stringify(others) });
}

const entries = async () => readLedger(ledgerOf(platform.session()));
const results = async () => (await entries()).map(({ result }) => result);

async function running() {
  const app = await runningApp(platform.session());
  return app?.active_deployment ? imagesOf(app.active_deployment) : {};
}

function release(behaviour: Parameters<TestPlatform["context"]["releases"]["push"]>[0]) {
  const pushed = platform.context.releases.push(behaviour);
  platform.context.releases.write(pushed);
  return pushed;
}

/** Marks resources as Terraform does when their creation ends with an error. */
async function taint(part: StackKind, type: string): Promise<void> {
  const session = platform.session();
  const { backend } = session.environment.config.state;
  const state = JSON.parse(newestState(platform.cloud, part)) as {
    resources: { type: string; instances: { status?: string }[] }[];
  };
  for (const resource of state.resources.filter((one) => one.type === type)) {
    resource.instances[0]!.status = "tainted";
  }
  const Bucket = backend.kind === "spaces" ? backend.bucket : "";
  const object = { Bucket, Key: `staging-${part}.tfstate`, Body: JSON.stringify(state) };
  await session.clients.spaces().send(new PutObjectCommand(object));
}

test("a red doctor refuses before anything is planned or recorded", async () => {
  const { releases } = platform.context;
  const before = releases.current();
  releases.write({ images: { ...before.images, api: `sha256:${"0".repeat(64)}` } });
  const result = await deployEnvironment(platform.session(), confirmed, silent);
  releases.write(before);

  expect(result).toMatchObject({ ok: false, entry: undefined });
  expect(result.text).toContain("red-doctor");
  expect(await entries()).toEqual([]);
});

test("from nothing, with an image that never gets healthy: the app stays, and a run that was killed is closed", async () => {
  await spoilLedger(platform);
  const process = { host: hostname(), pid: 2 ** 22 + 1 };
  await recordEntry(
    ledgerOf(platform.session()),
    entryOf("killed", { result: "running", process }),
  );
  platform.cloud.digitalOcean.failNextDeployment("health-check");
  const result = await deployEnvironment(platform.session(), confirmed, silent);

  expect(result.entry).toMatchObject({
    result: "failed",
    stacks: {
      storage: { outcome: "applied" },
      data: { outcome: "applied" },
      app: { outcome: "failed" },
    },
  });
  expect(result.text).toContain("Nothing serves: no deployment of the app has gone well yet.");
  expect(result.text).toMatch(/release it, then: mam deploy staging\n$/);
  expect(await results()).toEqual(["failed", "interrupted", "failed"]);
  expect(newestState(platform.cloud, "app")).not.toContain('"tainted"');
});

test("the next deployment keeps what stands, deploys the app, seals its secrets and verifies it", async () => {
  await taint("storage", "aws_s3_bucket");
  const app = await runningApp(platform.session());
  const result = await deployEnvironment(platform.session(), confirmed, silent);

  expect(result.text).toContain("runs, and is verified");
  expect(result).toMatchObject({ ok: true, entry: { result: "succeeded" } });
  expect((await runningApp(platform.session()))?.id).toBe(app?.id);
  expect(await running()).toEqual(readRelease(platform.session()).images);
  expect(platform.session().environment.sealed?.app).toBe(app?.id);
  expect(newestState(platform.cloud, "storage")).not.toContain('"tainted"');
});

test("an image that never gets healthy: what failed, its log, what serves, and the way back", async () => {
  const before = await running();
  release(unhealthy);
  const result = await deployEnvironment(withoutAws(), confirmed, silent);

  expect(result.ok).toBe(false);
  expect(result.text).toMatch(
    /The app's deployment \S+ failed: ERROR\.\n {2}api: DeployContainerHealthChecksFailed: .*\/api\/health\.\n {4}\| api .*\/api\/health\.\n/,
  );
  expect(result.text).toContain(`    api ${before.api?.slice(0, "sha256:".length + 12) ?? ""}\n`);
  expect(result.text).toMatch(/Roll back: mam rollback staging\n$/);
  expect(result.entry).toMatchObject({ result: "failed", stacks: { app: { outcome: "failed" } } });
  expect(await running()).toEqual(before);
});

test("a release that Terraform believes in and the platform does not run is noticed, and deployed", async () => {
  const { images } = platform.context.releases.current();
  const { repository } = platform.cloud.environment.config.services.api;
  const image = imageOfData("api", healthy.api);
  platform.cloud.digitalOcean.pushImage({ repository, digest: images.api, image });
  const said: string[] = [];
  const result = await deployEnvironment(
    withoutAws(),
    { ...confirmed, confirm: (text) => Promise.resolve(said.push(text) > 0) },
    silent,
  );

  expect(said.join("")).toContain("it does not run the release");
  expect(result.entry).toMatchObject({
    result: "succeeded",
    stacks: { app: { outcome: "unchanged" } },
  });
  expect(await running()).toEqual(images);
});

test("a rollback goes to the last good release by the app's stack alone, and the release file says so", async () => {
  const session = withoutAws();
  const left = await running();
  const course = chooseCourse(await entries(), left, undefined);
  const result = await rollBack(session, course, { confirm, overrides: [] }, silent);

  expect(result.entry).toMatchObject({
    kind: "rollback",
    result: "succeeded",
    images: course.target.images,
    stacks: { storage: { outcome: "not planned" }, data: { outcome: "not planned" } },
  });
  expect(await running()).toEqual(readRelease(session).images);
  expect(await running()).not.toEqual(left);
  expect((await entries()).findLast(({ images }) => images.api === left.api)?.result).toBe(
    "rolled back",
  );
});

test("a rollback that is refused leaves the release file and the ledger as they were", async () => {
  const known = await entries();
  const before = readRelease(platform.session());
  const gone = entryOf("gone", { images: letters("e"), deployment: "long ago" });
  const course = chooseCourse([...known, gone], await running(), gone.id);
  const result = await rollBack(withoutAws(), course, { confirm, overrides: [] }, silent);

  expect(result).toMatchObject({ ok: false, entry: undefined });
  expect(readRelease(platform.session())).toEqual(before);
  expect(await entries()).toEqual(known);
});

test("with rollback on failure the last good release is deployed again, and both are recorded", async () => {
  const before = await running();
  release(unhealthy);
  const result = await deployEnvironment(
    withoutAws(),
    { ...confirmed, rollbackOnFailure: true },
    silent,
  );

  expect(result).toMatchObject({ ok: false, entry: { result: "rolled back" } });
  expect(result.text).not.toContain("Roll back:");
  expect((await entries()).slice(-2).map(({ kind, result: came }) => `${kind} ${came}`)).toEqual([
    "deployment rolled back",
    "rollback succeeded",
  ]);
  expect(await running()).toEqual(before);
  expect(readRelease(platform.session()).images).toEqual(before);
});

test("a change of settings that fails is to be taken back, and no rollback is made or claimed", async () => {
  const before = await running();
  const failing = () =>
    withConfig(withoutAws(), ({ services }) => (services.worker.instances = { count: 2 }));
  platform.cloud.digitalOcean.failNextDeployment("health-check");
  const result = await deployEnvironment(
    failing(),
    { ...confirmed, rollbackOnFailure: true },
    silent,
  );
  const good = (await entries()).findLast((entry) => entry.result === "succeeded");

  expect(result).toMatchObject({ ok: false, entry: { result: "failed" } });
  expect(result.text).toContain("No rollback was made.\n");
  expect(result.text).toContain(`The images are those of release ${good?.id ?? "none"}, which ran`);
  expect(result.text).not.toMatch(/Roll back|Going back/);
  await expect(unlessInVain(failing(), await entries())).rejects.toThrow(
    /a rollback would change nothing[^]*then: mam deploy staging/,
  );
  expect(await running()).toEqual(before);

  expect((await deployEnvironment(withoutAws(), confirmed, silent)).ok).toBe(true);
});

test("an interrupted deployment is recorded as such and leaves no lock, and the next one completes", async () => {
  const { images } = release(healthy);
  const interruption = new AbortController();
  const session = { ...withoutAws(), interruption: interruption.signal };
  const progress = plainProgress((told) => {
    if (told.includes("applying staging-app: ")) interruption.abort();
  });
  const result = await deployEnvironment(session, confirmed, progress);

  expect(result.entry?.result).toBe("interrupted");
  expect(await results()).not.toContain("running");
  expect(lockKeys(platform.cloud)).toEqual([]);

  expect((await deployEnvironment(withoutAws(), confirmed, silent)).ok).toBe(true);
  expect(await running()).toEqual(images);
});

test("an emergency rollback leaves nothing pinned, and file, state and ledger say what runs", async () => {
  const known = await entries();
  const target = known.find(({ result }) => result === "succeeded");
  const emergency = { release: target?.id, confirm };
  const result = await rollBackInEmergency(withoutAws(), emergency, silent);

  expect(result.entry).toMatchObject({ kind: "emergency rollback", result: "succeeded" });
  expect(await running()).toEqual(target?.images);
  expect(readRelease(platform.session()).images).toEqual(target?.images);
  expect((await runningApp(platform.session()))?.pinned_deployment).toBeUndefined();
});

test("an emergency rollback to what does not run either is reverted", async () => {
  const known = await entries();
  const before = await running();
  platform.cloud.digitalOcean.failNextDeployment("health-check");
  const target = known.findLast(
    ({ deployment, images }) => deployment !== undefined && images.api !== before.api,
  );
  const emergency = { release: target?.id, confirm };
  const result = await rollBackInEmergency(withoutAws(), emergency, silent);

  expect(result.entry).toMatchObject({ kind: "emergency rollback", result: "failed" });
  expect(result.text).toContain("the rollback was reverted");
  expect(await running()).toEqual(before);
  expect(readRelease(platform.session()).images).toEqual(before);
  expect((await runningApp(platform.session()))?.pinned_deployment).toBeUndefined();
});

test("with the state bucket down, an emergency rollback asks the platform alone for what ran before", async () => {
  const before = await running();
  const said: string[] = [];
  platform.cloud.faults.add({ platform: "spaces", kind: "down" });
  const emergency = {
    release: undefined,
    confirm: (text: string) => Promise.resolve(said.push(text) > 0),
  };
  const telling = plainProgress((told) => said.push(told));
  const result = await rollBackInEmergency(withoutAws(), emergency, telling).finally(() => {
    platform.cloud.faults.clear();
  });

  expect(said.join("\n")).toMatch(
    /the ledger cannot be read, so the platform alone is asked: [^]*Back to deployment \S+, of \S+, which the ledger does not have:\n/,
  );
  expect(result.text).toMatch(/deployment \S+ runs, committed, and nothing is pinned/);
  expect(result.text).toContain("The ledger does not say what became of release");
  expect(await running()).not.toEqual(before);
  expect(readRelease(platform.session()).images).toEqual(await running());
  expect((await runningApp(platform.session()))?.pinned_deployment).toBeUndefined();

  expect((await deployEnvironment(withoutAws(), confirmed, silent)).ok).toBe(true);
});

test("with nothing changed nobody is asked, nothing is applied, and the app is verified", async () => {
  const never = () => Promise.reject(new Error("somebody was asked"));
  const result = await deployEnvironment(withoutAws(), { ...confirmed, confirm: never }, silent);

  expect(result.entry).toMatchObject({
    result: "succeeded",
    stacks: {
      storage: { outcome: "not planned" },
      data: { outcome: "not planned" },
      app: { outcome: "unchanged" },
    },
  });
});
