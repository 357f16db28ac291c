import { spawnSync } from "node:child_process";

import { type Hcp, createHcp } from "@mam-infra/clients/hcp";
import { HcpError } from "@mam-infra/clients/hcp/error";
import { startClock } from "@mam-infra/cloud/clock";
import { type Fault, Faults } from "@mam-infra/cloud/faults";
import { type Hcp as HcpService, startHcp } from "@mam-infra/cloud/hcp/server";
import { RequestLog } from "@mam-infra/cloud/request-log";
import { underLock } from "../../../operations/ledger/hcp-lock.ts";
import { hcpStore } from "../../../operations/ledger/hcp-store.ts";
import { readLedger, recordEntry } from "../../../operations/ledger/ledger.ts";
import { entryOf } from "./entries.ts";

const faults = new Faults();
let service: HcpService;
let hcp: Hcp;

beforeAll(async () => {
  const context = { clock: startClock(), requestLog: new RequestLog(), faults };
  const organization = "northlight";
  service = await startHcp(context, { organization, tokens: [{ value: "token", user: "ci" }] });
  const reaching = { endpoint: service.url, token: "token", organization, userAgent: "mam" };
  hcp = createHcp({ ...reaching, sleep: () => Promise.resolve() });
});
afterAll(async () => {
  await hcp.close();
  await service.close();
});

let count = 0;
const newWorkspace = async () => {
  count += 1;
  return hcp.createWorkspace(`history-${count}`, service.store.projects[0]!.id, {
    executionMode: "local",
  });
};
const lockOf = async (name: string) => (await hcp.workspace(name))?.lock;

const lost = ["error-after-effect", "dropped-connection"] as const;
const writes = ["actions/lock", "state-versions", "actions/unlock"];
const lostAnswers = lost.flatMap((kind) => writes.map((path) => ({ kind, path })));

test.each(lostAnswers)(
  "an entry is there once, and the history free, where the answer to $path is lost: $kind",
  async ({ kind, path }) => {
    const { name } = await newWorkspace();
    const store = hcpStore(() => hcp, name, "staging");
    faults.add({ platform: "hcp", method: "POST", path: `${path}$`, kind });
    await recordEntry(store, entryOf("one"));

    expect(faults.clear()).toBe(0);
    expect((await readLedger(store)).map(({ id }) => id)).toEqual(["one"]);
    expect(
      service.store.stateVersions.filter(({ workspaceId }) => ofName(name, workspaceId)),
    ).toHaveLength(1);
    expect(await lockOf(name)).toBeUndefined();
  },
);

const ofName = (name: string, id: string) =>
  service.store.workspaces.some((one) => one.name === name && one.id === id);

test.each(["actions/lock", "state-versions"])(
  "what did not happen at %s is said, and the history is free",
  async (path) => {
    const { name } = await newWorkspace();
    const kind: Fault["kind"] = "error-before-effect";
    faults.add({ platform: "hcp", method: "POST", path: `${path}$`, kind });

    await expect(
      recordEntry(
        hcpStore(() => hcp, name, "staging"),
        entryOf("one"),
      ),
    ).rejects.toThrow("500");
    expect(await lockOf(name)).toBeUndefined();
  },
);

test("a lock that could not be given back is given back at the second attempt", async () => {
  const { name, id } = await newWorkspace();
  faults.add({ platform: "hcp", path: "actions/unlock$", kind: "error-before-effect" });

  expect(await underLock(hcp, { name, id }, () => Promise.resolve("done"))).toBe("done");
  expect(await lockOf(name)).toBeUndefined();
});

/** A process of this machine that has ended. */
const ended = () => {
  const { pid } = spawnSync("true");
  return { pid, birth: "1" };
};
const words = "mam writes the history of releases";

/** What the lock of this process says. */
async function ownReason(): Promise<string> {
  const workspace = await newWorkspace();
  return (
    (await underLock(hcp, workspace, async () => (await lockOf(workspace.name))?.reason)) ?? ""
  );
}

/** The same of a process that has ended, and is another in what is said. */
async function reasonOfDead(other: object = {}): Promise<string> {
  const own = JSON.parse((await ownReason()).slice(words.length + 2)) as object;
  return `${words}: ${JSON.stringify({ ...own, ...ended(), ...other })}`;
}

test.each([
  ["a killed process's of this machine is taken back", reasonOfDead, "done"],
  ["a living process's keeps others out", ownReason, undefined],
  [
    "another machine's keeps others out, whether it lives or not",
    () => reasonOfDead({ host: "elsewhere" }),
    undefined,
  ],
  [
    "another container's of this machine does, too",
    () => reasonOfDead({ space: "another" }),
    undefined,
  ],
  [
    "that of an older version, which does not say whose it is, does",
    () => Promise.resolve(words),
    undefined,
  ],
  [
    "a person's does, whatever it says",
    async () => (await reasonOfDead()).slice(words.length),
    undefined,
  ],
] as const)("a lock of the history: %s", async (_, reasonOf, done) => {
  const { name, id } = await newWorkspace();
  const reason = await reasonOf();
  await hcp.lock(id, reason);

  expect(reason.length).toBeLessThan(200);
  expect(await underLock(hcp, { name, id }, () => Promise.resolve("done"))).toBe(done);
  expect((await lockOf(name))?.reason).toBe(done === undefined ? reason : undefined);
});

test("a lock that another process took back at the same moment is waited for, not fought for", async () => {
  const { name, id } = await newWorkspace();
  await hcp.lock(id, await reasonOfDead());
  const raced: Hcp = {
    ...hcp,
    lock: hcp.lock.bind(hcp),
    workspace: hcp.workspace.bind(hcp),
    forceUnlock: async (workspace) => {
      await hcp.forceUnlock(workspace);
      await hcp.lock(workspace, "the other one");
      throw new HcpError(
        { method: "POST", path: "force-unlock", status: 409 },
        "It is not locked.",
      );
    },
  };

  expect(await underLock(raced, { name, id }, () => Promise.resolve("done"))).toBeUndefined();
  expect((await lockOf(name))?.reason).toBe("the other one");
});
