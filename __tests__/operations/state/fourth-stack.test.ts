import { mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import { production } from "../../../environments/production.ts";
import { NotConfigured } from "../../../operations/context/credentials.ts";
import { processSpace } from "../../../operations/context/holder.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import { recordTakenLock } from "../../../operations/ledger/taken-locks.ts";
import { heldLocks } from "../../../operations/platform/held-locks.ts";
import { judgedLocks } from "../../../operations/state/judged-locks.ts";
import { migrateStates } from "../../../operations/state/migrate.ts";
import { pushUnsaved } from "../../../operations/state/push.ts";
import { showStates } from "../../../operations/state/show.ts";
import { unlockState } from "../../../operations/state/unlock.ts";
import { stackNamed } from "../../../operations/state/versions.ts";
import { presentStacks } from "../../../operations/terraform/present-stacks.ts";
import { verifyGroupsOf } from "../../../operations/verify/checks.ts";
import { anEnvironment, changed } from "../../support/environments.ts";
import { silent } from "../../support/deploying.ts";
import { emptiedGpu, gpuStateOf, withGpu } from "../../support/gpu.ts";
import { type World, hasState, openWorld } from "../../support/recorded/world.ts";

const asked = anEnvironment(withGpu());
const none = anEnvironment(
  changed((draft) => {
    draft.network.region = "tor";
  }, production),
);

let world: World;

afterEach(() => world.close());

const three = ["storage", "data", "app"];

test.each([
  ["asks for machines", asked, undefined, [...three, "gpu"]],
  ["asks for none, and some stand", none, gpuStateOf(asked), [...three, "gpu"]],
  ["asks for none, and none stand any more", none, emptiedGpu, three],
  ["never asked for any", none, undefined, three],
])("an environment that %s has its stacks", async (_, environment, state, expected) => {
  world = openWorld({ environment });
  if (state) hasState(world, "gpu", state);

  expect(await presentStacks(world.session)).toEqual(expected);
});

test("where the states are not in Spaces there is no fourth, and nobody asks for one", async () => {
  const { config } = none;
  const environment = { ...none, config: { ...config, state: { ...config.state } } };
  environment.config.state.backend = { kind: "local" };
  world = openWorld({ environment });
  world.bucket.isDown = true;

  expect(await presentStacks(world.session)).toEqual(three);
});

const lockOf = (id: string) =>
  JSON.stringify({ ID: id, Operation: "OperationTypeApply", Who: "ci@runner", Version: "1.11.4" });

/** Holds the lock of the machines' state. */
function lock(id = "lock-of-machines"): string {
  world.bucket.objects.set("production-gpu.tfstate.tflock", lockOf(id));
  return id;
}

test("states are shown with the machines', and without it where there is none", async () => {
  world = openWorld({ environment: none });
  hasState(world, "gpu", gpuStateOf(asked));
  const { text } = await showStates(world.session);
  expect(text).toMatch(/\n {2}production-gpu +serial 7 +4 resources/);

  hasState(world, "gpu", emptiedGpu);
  expect((await showStates(world.session)).text).not.toContain("production-gpu");
});

test("a lock that was left on the state of machines that are gone is seen, shown and given back", async () => {
  world = openWorld({ environment: none });
  const id = lock();

  expect(await heldLocks(world.session)).toMatchObject([{ stack: "production-gpu" }]);
  const { text } = await showStates(world.session);
  expect(text).toMatch(/ {2}production-gpu +never deployed +locked by ci@runner/);
  expect(text).toContain(`mam state unlock production ${id}`);

  const given = await unlockState(world.session, { operands: [id], confirm: never }, silent);
  expect(given).toMatchObject({ ok: true, data: { unlocked: ["production-gpu"] } });
  expect(world.journal.lines()).toContain("terraform force-unlock production-gpu");
});

const never = () => Promise.reject(new Error("nobody is asked"));

test("the lock of a dead run on it is known as such, and given back", async () => {
  world = openWorld({ environment: asked });
  const id = lock();
  const dead = { pid: 2 ** 22 + 1, started: "long ago" };
  await recordTakenLock(ledgerOf(world.session), {
    ...{ stack: "production-gpu", lock: id, release: "20261129-100000-0000" },
    ...{ host: hostname(), space: processSpace(), command: dead },
    heartbeat: "2026-11-29T10:00:00.000Z",
  });

  expect(await judgedLocks(world.session)).toMatchObject([{ life: "dead" }]);
  await unlockState(world.session, { operands: [], confirm: () => Promise.resolve(true) }, silent);
  expect(world.journal.lines()).toContain("terraform force-unlock production-gpu");
});

test("whoever verifies asks machines wherever some stand, asked for or not", async () => {
  world = openWorld({ environment: none });
  const titles = async (state?: object) => {
    world.bucket.objects.clear();
    if (state) hasState(world, "gpu", state);
    const groups = await verifyGroupsOf(world.session);
    return groups.map(({ title }) => title);
  };

  expect(await titles(gpuStateOf(asked))).toContain("Machines with a card");
  expect(await titles(emptiedGpu)).not.toContain("Machines with a card");
  expect(await titles()).not.toContain("Machines with a card");
});

test("a version of its state can be named, and only where there is one", async () => {
  world = openWorld({ environment: asked });
  expect(await stackNamed(world.session, "production-gpu")).toBe("gpu");
  expect(await stackNamed(world.session, "gpu")).toBe("gpu");

  await world.close();
  world = openWorld({ environment: none });
  await expect(stackNamed(world.session, "gpu")).rejects.toThrow(
    "There is no stack gpu.\n  fix: name one of production-storage, production-data, production-app",
  );
});

test("a state of it that could not be written is found, and written where it belongs", async () => {
  world = openWorld({ environment: asked });
  const folder = join(world.session.project, "cdktf.out/stacks/production-gpu");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "errored.tfstate"), JSON.stringify(gpuStateOf(asked)));

  const { pushed } = await pushUnsaved(world.session, silent);
  expect(pushed).toMatchObject([{ part: "gpu", stack: "production-gpu", verdict: "follows" }]);
  expect(world.journal.lines()).toContain("terraform state production-gpu");
});

const backend = (environment: typeof none, other: typeof none.config.state.backend) => ({
  ...environment,
  config: { ...environment.config, state: { ...environment.config.state, backend: other } },
});

test("states of machines are moved to another bucket with the others", async () => {
  const { backend: now } = asked.config.state;
  const old = now.kind === "spaces" ? now.bucket : "";
  const elsewhere = backend(asked, { kind: "spaces", bucket: `${old}-new` });
  world = openWorld({ environment: elsewhere });
  for (const kind of ["storage", "data", "app"] as const)
    hasState(world, kind, { ...emptiedGpu, lineage: kind });
  hasState(world, "gpu", gpuStateOf(asked));

  const { data } = await migrateStates(world.session, { from: old }, silent);
  expect(data).toMatchObject({
    states: expect.arrayContaining([
      expect.objectContaining({ stack: "production-gpu", resources: 4 }),
    ]) as unknown,
  });
});

test("states are not moved out of Spaces while machines stand, and the way is said", async () => {
  const { backend: now } = none.config.state;
  const old = now.kind === "spaces" ? now.bucket : "";
  world = openWorld({ environment: backend(none, { kind: "local" }) });
  hasState(world, "gpu", gpuStateOf(asked));

  await expect(migrateStates(world.session, { from: old }, silent)).rejects.toThrow(NotConfigured);
  await expect(migrateStates(world.session, { from: old }, silent)).rejects.toThrow(
    /production-gpu has machines with a card, which need the states in Spaces: .* remove services\.worker\.gpu, and mam deploy production/,
  );
});
