import type { Session } from "../../../../operations/context/session.ts";
import { plainProgress } from "../../../../operations/context/progress.ts";
import { closeRuns } from "../../../../operations/terraform/remote-runs/open-runs.ts";
import { bootstrapState } from "../../../../operations/state/bootstrap.ts";
import { readState } from "../../../../operations/terraform/states.ts";
import { terraformRuntime } from "../../../../operations/terraform/runtime.ts";
import type { StackKind } from "../../../../operations/terraform/stack-kinds.ts";
import { apply, plan, prepare, refresh } from "../../../../operations/terraform/stack.ts";
import { synthesiseStacks } from "../../../../operations/terraform/synthesis.ts";
import { hcpBackend, onHcp } from "../../../support/hcp.ts";
import { type TestPlatform, openPlatform } from "../../../support/platform.ts";

let platform: TestPlatform;
const silent = plainProgress(() => undefined);
const untold = { tell: () => undefined };

beforeAll(async () => {
  platform = await openPlatform("staging", undefined, { organization: hcpBackend.organization });
  await bootstrapState(remote(), {}, silent);
});
afterAll(async () => {
  await platform.end();
});

const remote = (changed?: Record<string, string | undefined>) =>
  onHcp(platform.session(changed), "remote");
const store = () => platform.cloud.hcp!.store;
const workspace = (stack: string) =>
  store().workspaces.find(({ name }) => name === `mam-staging-${stack}`)!;
const newest = () => store().runs.at(-1)!;
const ready = async (session: Session, kind: StackKind) => {
  const stack = (await synthesiseStacks(session))[kind];
  const runtime = terraformRuntime(session, stack);
  await prepare(stack, runtime);
  return { stack, runtime };
};

test("workspaces are made with remote execution, and their runs read each other's states and no others", () => {
  const ids = ["storage", "data", "app"].map((stack) => workspace(stack).id);

  expect(store().workspaces.map(({ executionMode }) => executionMode)).toEqual(
    Array.from({ length: 4 }, () => "remote"),
  );
  expect(workspace("storage").remoteStateConsumers).toEqual([ids[1], ids[2]]);
  expect(workspace("history").remoteStateConsumers).toEqual([]);
});

test("a workspace whose runs begin by themselves is refused before anything runs, until bootstrap mends it", async () => {
  const { id } = workspace("data");
  workspace("app").repository = { identifier: "northlight/mam-infra", branch: "main" };
  store().runTriggers.push({
    ...{ id: "rt-by-hand", workspaceId: workspace("app").id, sourceId: id },
    createdAt: new Date(),
  });
  const refused = await ready(remote(), "storage").catch((error: unknown) => String(error));
  const before = store().runs.length;
  await bootstrapState(remote(), {}, silent);
  const mended = ready(remote(), "storage");

  expect(refused).toContain(
    [
      "  mam-staging-app: expected no repository that begins runs, found northlight/mam-infra",
      "  mam-staging-app: expected no run trigger, found one of mam-staging-data",
      "  fix: mam state bootstrap staging",
    ].join("\n"),
  );
  expect(before).toBe(0);
  await expect(mended).resolves.toBeDefined();
  expect([workspace("app").repository, store().runTriggers]).toEqual([undefined, []]);
});

test("a plan is a run that holds nobody up, shown as JSON; exactly it is applied, and what became of it is asked", async () => {
  const session = remote();
  const { stack, runtime } = await ready(session, "storage");
  const planned = await plan(stack, runtime);
  const standing = { status: newest().status, lock: workspace("storage").lock };
  const told: string[] = [];
  await apply(stack, runtime, planned, { tell: (line) => told.push(line) });
  const again = await plan(stack, runtime);
  await closeRuns(session);

  expect(planned.plan.resource_changes.length).toBeGreaterThan(10);
  expect(standing).toEqual({ status: "planned_and_saved", lock: undefined });
  expect(told.filter((line) => line.startsWith("create "))).not.toEqual([]);
  expect(again.changes).toBe(false);
  expect(store().runs.map(({ status }) => status)).toEqual(["applied", "planned_and_finished"]);
  expect(await readState(session, "storage")).toContain('"aws_s3_bucket"');
});

test("secrets reach a run as sensitive variables of its workspace, never with the run, and are taken away", async () => {
  const session = remote();
  const { stack, runtime } = await ready(session, "data");
  const planned = await plan(stack, runtime);
  const during = store().variables.map(({ key, sensitive, workspaceId }) => [
    key,
    sensitive,
    workspaceId === workspace("data").id,
  ]);
  await apply(stack, runtime, planned, untold);
  await closeRuns(session);

  expect(during).toEqual([["DIGITALOCEAN_TOKEN", true, true]]);
  expect(store().variables).toEqual([]);
  expect(store().runs.flatMap(({ order }) => order.variables)).toEqual([]);
});

test("secrets that were set before another one was refused are taken away, too", async () => {
  const session = remote();
  const { stack, runtime } = await ready(session, "app");
  const { faults } = platform.cloud;
  faults.add({
    platform: "hcp",
    method: "POST",
    path: "/vars$",
    kind: "request-repeated",
    after: 1,
  });
  await expect(plan(stack, runtime)).rejects.toThrow("422");
  const left = store().variables.length;
  faults.clear();
  await closeRuns(session);

  expect(left).toBe(1);
  expect(store().variables).toEqual([]);
});

test("a plan that became stale is refused, and a plan that is not applied is thrown away", async () => {
  const session = remote();
  const { stack, runtime } = await ready(session, "app");
  const [first, second] = [await plan(stack, runtime), await plan(stack, runtime)];
  await apply(stack, runtime, first, untold);
  const stale = apply(stack, runtime, second, untold);
  await expect(stale).rejects.toThrow("is discarded: its plan cannot be applied any more");
  const third = await plan(stack, runtime);
  await closeRuns(session);

  expect(third.changes).toBe(true);
  expect(newest().status).toBe("discarded");
  expect(workspace("app").lock).toBeUndefined();
});

test("the state is brought up to date by a run", async () => {
  const session = remote();
  const { stack, runtime } = await ready(session, "app");
  await refresh(stack, runtime);
  await closeRuns(session);

  expect(newest().order.refreshOnly).toBe(true);
  expect(["applied", "planned_and_finished"]).toContain(newest().status);
});

test("an interruption ends the run, gives the lock back, and leaves nothing that others wait for", async () => {
  const session = remote();
  const { stack, runtime } = await ready(session, "storage");
  const ending = new AbortController();
  const going = plan(stack, { ...runtime, interruption: ending.signal });
  const before = store().runs.length;
  while (store().runs.length === before) await new Promise((resolve) => setTimeout(resolve, 20));
  ending.abort();

  await expect(going).rejects.toThrow(
    /interrupted: the run run-\w+ has ended, (canceled|discarded)/,
  );
  await closeRuns(session);
  expect(["canceled", "discarded"]).toContain(newest().status);
  expect(workspace("storage").lock).toBeUndefined();
});

test("a run that fails is told in Terraform's words, whatever any exit code would be", async () => {
  const session = remote();
  const { stack, runtime } = await ready(session, "app");
  platform.cloud.faults.add({ platform: "digitalocean", kind: "request-repeated", times: 1000 });
  const failed = await plan(stack, runtime).catch((error: unknown) => String(error));
  platform.cloud.faults.clear();
  await closeRuns(session);

  expect(failed).toContain("terraform plan failed for staging-app");
  expect(failed).not.toContain(platform.cloud.credentials.digitalOceanToken);
  expect(newest().status).toBe("errored");
});

test("a secret that the workspace has of its own and that is supplied as well is refused", async () => {
  const session = remote();
  const { stack, runtime } = await ready(session, "app");
  const [key = ""] = Object.keys(session.supplied).map((name) => name.toLowerCase());
  const own = {
    id: "var-own",
    workspaceId: workspace("app").id,
    key,
    value: "its own",
    description: "",
    category: "terraform",
    hcl: false,
    sensitive: true,
  } as const;
  store().variables.push({ ...own });
  const refused = await plan(stack, runtime).catch((error: unknown) => String(error));
  store().variables.length = 0;

  expect(refused).toContain("The workspace mam-staging-app has values of its own for secrets");
  expect(refused).toContain(`unset TF_VAR_${key}`);
});
