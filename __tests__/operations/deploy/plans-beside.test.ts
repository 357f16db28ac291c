import { AbortError } from "@mam-infra/clients/abort";

import type { Finding } from "../../../operations/context/finding.ts";
import { plansEnded } from "../../../operations/deploy/plans-beside.ts";
import { anEnvironment } from "../../support/environments.ts";
import { type World, openWorld } from "../../support/recorded/world.ts";

let world: World;

beforeEach(() => {
  world = openWorld({ environment: anEnvironment() });
});
afterEach(() => world.close());

const locked: Finding = {
  ...{ id: "state-unlocked", severity: "error", resource: "production-app" },
  ...{ expected: "no lock", found: "a lock", fix: "wait" },
};

const key = "production-app.tfstate.tflock";

const lock = (Operation: string) => {
  world.bucket.objects.set(key, JSON.stringify({ ID: "1", Who: "me@here", Operation }));
};

const ask = (findings: readonly Finding[] = [locked]) =>
  plansEnded(world.session, { ok: false, findings, results: [] }, world.progress);

const waiting = "waiting for a plan of me@here, which holds a lock";

test("no lock is looked for where the doctor has found none", async () => {
  lock("OperationTypePlan");

  expect(await ask([])).toBe(false);
});

test.each(["OperationTypeApply", "OperationTypeInvalid"])(
  "%s is not waited for",
  async (operation) => {
    lock(operation);

    expect(await ask()).toBe(false);
    expect(world.journal.lines()).not.toContain(waiting);
  },
);

test("a plan of somebody else is waited for, and the doctor is to be asked again", async () => {
  lock("OperationTypePlan");
  world.journal.after(waiting, () => world.bucket.objects.delete(key));

  expect(await ask()).toBe(true);
});

test("of a lock that was given back since nothing is said, and the doctor is to be asked again", async () => {
  expect(await ask()).toBe(true);
  expect(world.journal.lines().join("\n")).not.toContain("waiting");
});

test("an apply that takes the lock of the plan is not waited for", async () => {
  lock("OperationTypePlan");
  world.journal.after(waiting, () => {
    lock("OperationTypeApply");
  });

  expect(await ask()).toBe(false);
});

test("an interruption ends the wait", async () => {
  lock("OperationTypePlan");
  world.journal.after(waiting, world.interrupt);

  await expect(ask()).rejects.toThrow(AbortError);
});
