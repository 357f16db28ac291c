import { hostname } from "node:os";

import { currentHistory, newEntry, recordOrSay } from "../../../operations/deploy/record.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import { anEnvironment } from "../../support/environments.ts";
import { type World, openWorld } from "../../support/recorded/world.ts";
import { entryOf } from "../ledger/entries.ts";

let world: World;

beforeEach(() => {
  world = openWorld({ environment: anEnvironment(), variables: { USER: "me" } });
});
afterEach(() => world.close());

const running = (id: string, pid: number) =>
  entryOf(id, {
    result: "running",
    begun: new Date().toISOString(),
    process: { host: hostname(), pid },
  });

test("a release whose process was killed is closed, and one that goes on is not", async () => {
  // Processes have smaller numbers than this one; the first of all is somebody else's.
  await world.remember(
    running("killed", 2 ** 22 + 1),
    running("own", process.pid),
    running("root's", 1),
  );
  const { entries } = await currentHistory(ledgerOf(world.session));

  expect(entries.map(({ id, result }) => `${id} ${result}`)).toEqual([
    "killed interrupted",
    "own running",
    "root's running",
  ]);
  expect(world.entries()).toEqual(entries);
});

test.each(["deployment", "rollback", "emergency rollback"] as const)(
  "the entry of a %s says who began it, and which files it deploys, if any",
  async (kind) => {
    const stacks = { storage: undefined, data: undefined, app: undefined };
    const entry = await newEntry(world.session, { kind, stacks, overrides: [], findings: [] });

    expect(entry).toMatchObject({ kind, who: `me@${hostname()}`, result: "running" });
    expect([entry.files !== undefined, entry.settings !== undefined]).toEqual(
      kind === "emergency rollback" ? [false, false] : [true, true],
    );
  },
);

test("what became of a release is told even where it cannot be recorded", async () => {
  world.bucket.isDown = true;

  expect(await recordOrSay(world.session, entryOf("1"))).toBe(
    "The ledger does not say what became of release 1: the store is down\n",
  );
});
