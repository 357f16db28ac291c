import { setTimeout as sleep } from "node:timers/promises";

import { PutObjectCommand } from "@aws-sdk/client-s3";

import { isRunning } from "../../../operations/context/holder.ts";
import { plainProgress } from "../../../operations/context/progress.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import {
  type TakenLock,
  readTakenLocks,
  recordTakenLock,
} from "../../../operations/ledger/taken-locks.ts";
import { showStates } from "../../../operations/state/show.ts";
import { unlockState } from "../../../operations/state/unlock.ts";
import { imageOfData } from "../../../rehearsal/harness/rehearsal-cloud.ts";
import { lockKeys } from "../../../rehearsal/harness/states.ts";
import { goBackAsTold } from "../../../rehearsal/scenarios/interruption/way-back.ts";
import { type TestPlatform, openPlatform } from "../../support/platform.ts";

// One environment's life: each test begins where the one before it ended.

let platform: TestPlatform;
let taken: TakenLock;
const silent = plainProgress(() => undefined);

beforeAll(async () => {
  platform = await openPlatform("staging", { imageOf: imageOfData });
});
afterAll(async () => {
  await platform.end();
});

const locks = () => readTakenLocks(ledgerOf(platform.session()));
const shown = async () => (await showStates(platform.session())).text;
const yes = () => Promise.resolve(true);
const unlock = (...operands: string[]) =>
  unlockState(platform.session(), { operands, confirm: yes }, silent);

async function until<T>(ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(50);
  }
}

test("while a deployment runs its locks are its own, and neither given back nor offered", async () => {
  const { mam } = platform.context;
  // A new cluster is not seen by whoever looks at it: Terraform waits for it until that is over.
  const unseen = {
    path: "^/v2/databases/[0-9a-f-]{36}$",
    kind: "stale",
    times: 1_000_000,
  } as const;
  platform.cloud.faults.add({ platform: "digitalocean", ...unseen });
  const struck = await mam.struck(
    async (kill, ended) => {
      taken = await until(async () => {
        if (ended.aborted) throw new Error("the deployment ended before it was struck");
        return (await locks()).find(({ stack }) => stack === "staging-data");
      });
      expect(await shown()).toContain(`of release ${taken.release} (process`);
      expect(await shown()).toContain("which goes on: wait for it");
      await expect(unlock(taken.lock)).rejects.toThrow("which goes on. Nothing was changed.");
      expect(await unlock()).toMatchObject({ ok: false, data: { unlocked: [] } });
      kill("SIGKILL");
    },
    "deploy",
    "--yes",
  );

  expect(struck.exitCode).toBe(137);
  expect(lockKeys(platform.cloud)).toContain("staging-data.tfstate.tflock");
}, 120_000);

test("a Terraform that outlives its killed command keeps its lock", async () => {
  expect(isRunning(taken.terraform!.pid)).toBe(true);
  await expect(unlock(taken.lock)).rejects.toThrow("which goes on");
}, 60_000);

test("once both are gone the lock is a dead run's, which doctor and show say", async () => {
  const { pid } = taken.terraform!;
  process.kill(pid, "SIGKILL");
  await until(() => (isRunning(pid) ? undefined : true));
  platform.cloud.faults.clear();

  expect(await shown()).toMatch(
    /staging-data is of release .* whose run is dead: mam state unlock/,
  );
  const doctor = await platform.context.mam.run("doctor");
  expect(doctor.output).toContain("whose run is dead");
}, 60_000);

test("without --yes and without a terminal nothing is given back, and the line is said", async () => {
  const { exitCode, output } = await platform.context.mam.run("state unlock");

  expect(exitCode).toBe(2);
  expect(output).toContain("fix: mam state unlock staging --yes");
  expect(lockKeys(platform.cloud)).toContain("staging-data.tfstate.tflock");
}, 60_000);

test("the next deployment says whose lock it was, gives it back, and goes on", async () => {
  const { mam } = platform.context;
  const next = await mam.run("deploy", "--yes");
  expect(next.output).toContain(`is of release ${taken.release}`);
  expect(next.output).toContain("unlocking the state of staging-data");
  const { lines, deployment } = await goBackAsTold(platform.cloud, mam);

  expect(lines.filter((line) => line.startsWith("state unlock"))).toEqual([]);
  expect(deployment).toMatchObject({ exitCode: 0 });
  expect(lockKeys(platform.cloud)).toEqual([]);
  expect((await locks()).map(({ lock }) => lock)).not.toContain(taken.lock);
}, 180_000);

test("a lock of another machine's run that is not heard of is given back by its name only", async () => {
  const heartbeat = new Date(Date.now() - 10 * 60_000).toISOString();
  await put({ ID: "5f0c", Who: "ci@runner", Operation: "OperationTypeApply" });
  await recordTakenLock(ledgerOf(platform.session()), {
    ...taken,
    ...{ stack: "staging-app", lock: "5f0c", host: "runner", heartbeat },
  });

  expect(await unlock()).toMatchObject({ ok: false, data: { unlocked: [] } });
  expect(await shown()).toMatch(/its Terraform may go on there until .*: look there/);
  expect(await unlock("5f0c")).toMatchObject({ ok: true, data: { unlocked: ["staging-app"] } });
  expect((await locks()).map(({ lock }) => lock)).not.toContain("5f0c");
}, 60_000);

test("where nothing is locked there is nothing to give back", async () => {
  expect((await unlock()).text).toBe("No state of staging is locked.\n");
  await expect(unlock("5f0c")).rejects.toThrow("Nobody holds the lock 5f0c on a state of staging");
});

const put = (lock: object) => {
  const { backend } = platform.cloud.environment.config.state;
  if (backend.kind !== "spaces") throw new Error("the states are not in Spaces");
  const object = { Bucket: backend.bucket, Key: "staging-app.tfstate.tflock" };
  const command = new PutObjectCommand({ ...object, Body: JSON.stringify(lock) });
  return platform.session().clients.spaces().send(command);
};
