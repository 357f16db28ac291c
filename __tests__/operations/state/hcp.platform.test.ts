import { newRun } from "@mam-infra/cloud/hcp/runs/model";
import { plainProgress } from "../../../operations/context/progress.ts";
import { runDoctor } from "../../../operations/doctor/doctor.ts";
import { readLedger, recordEntry } from "../../../operations/ledger/ledger.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import { explainLock } from "../../../operations/state-place/explain-lock.ts";
import { bootstrapState } from "../../../operations/state/bootstrap.ts";
import { importLeftovers } from "../../../operations/state/import.ts";
import { migrateStates } from "../../../operations/state/migrate.ts";
import { restoreState } from "../../../operations/state/restore.ts";
import { showStates } from "../../../operations/state/show.ts";
import { unlockState } from "../../../operations/state/unlock.ts";
import { listStateVersions } from "../../../operations/state/versions.ts";
import { terraformRuntime } from "../../../operations/terraform/runtime.ts";
import { plan, prepare } from "../../../operations/terraform/stack.ts";
import { runLocking } from "../../../operations/terraform/locking.ts";
import { readState } from "../../../operations/terraform/states.ts";
import { synthesiseStacks } from "../../../operations/terraform/synthesis.ts";
import { hcpBackend, onHcp } from "../../support/hcp.ts";
import { entryOf } from "../ledger/entries.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";

let platform: TestPlatform;
const silent = plainProgress(() => undefined);
const bucket = "northlight-mam-terraform-state-staging";
const somebodyElse = "ines.atlasv1.secret";

beforeAll(async () => {
  platform = await openDeployedPlatform("staging", undefined, {
    organization: hcpBackend.organization,
    others: [{ value: somebodyElse, user: "ines" }],
  });
  await recordEntry(ledgerOf(platform.session()), entryOf("one"));
});
afterAll(async () => {
  await platform.end();
});

const session = () => onHcp(platform.session());
const store = () => platform.cloud.hcp!.store;
const workspace = (name: string) => store().workspaces.find((one) => one.name === name)!;
const bootstrap = () => bootstrapState(session(), {}, silent);
const ready = async (one = session()) => {
  const { storage } = await synthesiseStacks(one);
  const runtime = terraformRuntime(one, storage);
  await prepare(storage, runtime);
  return { storage, runtime };
};
const unlock = (lock: string) =>
  unlockState(
    session(),
    { operands: [lock], confirm: () => Promise.reject(new Error("nobody is asked")) },
    silent,
  );
const howOf = ({ data }: { data?: unknown }) =>
  (data as { steps: { how: string }[] }).steps.map(({ how }) => how);

test("Terraform is not run before the workspaces are there, in local execution; bootstrap makes and mends them", async () => {
  const before = await ready().catch((error: unknown) => String(error));
  const made = await bootstrap();
  const again = await bootstrap();
  workspace("mam-staging-app").executionMode = "remote";
  const remote = await ready().catch((error: unknown) => String(error));
  const mended = await bootstrap();

  expect(before).toContain("mam-staging-app: expected a workspace, found none of that name");
  expect(before).toContain("fix: mam state bootstrap staging");
  expect(howOf(made)).toEqual([...Array.from({ length: 5 }, () => "done now"), "proved"]);
  expect(howOf(again)).toEqual([...Array.from({ length: 5 }, () => "so already"), "proved"]);
  expect(remote).toContain("mam-staging-app: expected execution mode local, found remote");
  expect(howOf(mended).filter((how) => how === "done now")).toHaveLength(1);
  expect(store().workspaces.map(({ name }) => name)).toEqual([
    "mam-staging-storage",
    "mam-staging-data",
    "mam-staging-app",
    "mam-staging-history",
  ]);
});

test("states and history move from a bucket, are compared, and a plan there is empty; and back", async () => {
  const { text } = await migrateStates(session(), { from: bucket }, silent);
  const there = await readState(session(), "app");
  const { storage, runtime } = await ready();
  const planned = await plan(storage, runtime);
  const again = await migrateStates(session(), { from: bucket }, silent);
  const back = await migrateStates(platform.session(), { from: "hcp:northlight/mam-" }, silent);

  expect(text).toMatch(/^ {2}staging-app: serial \d+, \d+ resources, copied and compared$/m);
  expect(there).toBe(await readState(platform.session(), "app"));
  expect(planned.changes).toBe(false);
  expect(await readLedger(ledgerOf(session()))).toMatchObject([{ id: "one" }]);
  expect([again, back].map(({ text: said }) => said)).toEqual([
    expect.stringContaining("there already, the same"),
    expect.stringContaining("there already, the same"),
  ]);
  await expect(migrateStates(session(), { from: "hcp:northlight" }, silent)).rejects.toThrow(
    "names no place",
  );
});

test("states are shown, and an older version is written as the newest", async () => {
  const { text } = await showStates(session());
  const listed = async () => {
    const { data } = await listStateVersions(session(), { operands: ["storage"] });
    return (data as { states: { versions: { id: string; stands: boolean }[] }[] }).states[0]!
      .versions;
  };
  const { storage, runtime } = await ready();
  await runLocking(runtime, ["apply", "-refresh-only", "-auto-approve", "-json"], [], storage);
  await runLocking(
    runtime,
    ["state", "rm"],
    [firstAddress(await readState(session(), "storage"))],
    storage,
  );
  const [newest, ...older] = await listed();
  const restored = await restoreState(
    session(),
    { operands: ["storage", older.at(-1)!.id] },
    silent,
  );
  const after = await listed();

  expect(text).toContain("States of staging, in HCP Terraform, organization northlight");
  expect(text.match(/free$/gm)).toHaveLength(3);
  expect(newest?.stands).toBe(true);
  expect(restored.text).toContain("It knows again:");
  expect(after.length).toBe(older.length + 2);
});

const firstAddress = (text = "") => {
  const { resources } = JSON.parse(text) as {
    resources: { mode: string; type: string; name: string }[];
  };
  const { type, name } = resources.find(({ mode }) => mode === "managed")!;
  return `${type}.${name}`;
};

const lockAs = async (token: string, name: string) => {
  const { url } = platform.cloud.hcp!;
  const answer = await fetch(`${url}/api/v2/workspaces/${workspace(name).id}/actions/lock`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ reason: "maintenance" }),
  });
  expect(answer.status).toBe(200);
};

test("a lock is shown with the holder whom the workspace names, found by the doctor, and taken away by its name", async () => {
  await lockAs(somebodyElse, "mam-staging-data");
  const { text } = await showStates(session());
  const { findings } = await runDoctor(session());
  const explained = await explainLock(session(), "staging-data");
  const unlocked = await unlock("northlight/mam-staging-data");

  expect(text).toContain("locked by ines (maintenance)");
  expect(explained).toBe(
    "It is held by ines (maintenance).\nIf nobody works there any more: mam state unlock staging northlight/mam-staging-data",
  );
  expect(await explainLock(platform.session(), "staging-data")).toBeUndefined();
  expect(text).toContain("mam state unlock staging northlight/mam-staging-data");
  expect(findings.map(({ id }) => id)).toEqual(["state-unlocked"]);
  expect(unlocked.text).toContain("the state of staging-data is free");
  expect(workspace("mam-staging-data").lock).toBeUndefined();
});

test("a lock that the history was left with is taken away too, and one of a run is not", async () => {
  await lockAs(somebodyElse, "mam-staging-history");
  await unlock("northlight/mam-staging-history");
  workspace("mam-staging-app").lock = { type: "runs", id: "run-CZcmD7eagjhyX0vN", reason: "" };
  const ofRun = unlock("northlight/mam-staging-app");

  expect(workspace("mam-staging-history").lock).toBeUndefined();
  await expect(ofRun).rejects.toThrow("cancel or discard it");
  workspace("mam-staging-app").lock = undefined;
});

test("the doctor names workspaces that are not as configured, and a token that is missing", async () => {
  workspace("mam-staging-app").terraformVersion = "1.9.0";
  const { findings } = await runDoctor(session());
  const without = await runDoctor(
    onHcp(platform.session({ TF_TOKEN_app_terraform_io: undefined })),
  );
  workspace("mam-staging-app").terraformVersion = "1.11.4";
  const { id: workspaceId } = workspace("mam-staging-data");
  const run = newRun({ workspaceId, createdAt: new Date() });
  store().runs.push(
    { ...run, id: "run-ended", status: "discarded" },
    { ...run, id: "run-CZcmD7eagjhyX0vN", status: "planned" },
  );
  const waiting = await runDoctor(session());
  store().runs.length = 0;

  expect(waiting.findings).toMatchObject([
    { resource: "the workspace mam-staging-data", found: "run-CZcmD7eagjhyX0vN is planned" },
  ]);
  expect(findings).toMatchObject([
    {
      id: "state-bucket",
      resource: "the workspace mam-staging-app",
      expected: "Terraform 1.11.4",
      found: "1.9.0",
      fix: "mam state bootstrap staging",
    },
  ]);
  expect(without.findings.map(({ id, resource }) => `${id} ${resource}`)).toContain(
    "state-bucket TF_TOKEN_app_terraform_io",
  );
});

test("where HCP Terraform executes, nothing is imported, and why is said with the way out", async () => {
  const remote = onHcp(platform.session(), "remote");

  await expect(importLeftovers(remote, { operands: [] }, silent)).rejects.toThrow(
    'state.backend.execution: "local" in environments/staging.ts, mam state bootstrap staging',
  );
});
