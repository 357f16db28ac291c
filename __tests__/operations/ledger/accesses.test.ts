import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  type Access,
  readAccesses,
  recordAccess,
  staleAccesses,
} from "../../../operations/ledger/accesses.ts";
import { fileStore } from "../../../operations/ledger/file-store.ts";
import { readHistory, recordEntry } from "../../../operations/ledger/ledger.ts";
import { repairLedger } from "../../../operations/ledger/repair.ts";
import type { LedgerStore } from "../../../operations/ledger/store.ts";
import { entryOf } from "./entries.ts";

let directory: string;
let store: LedgerStore;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mam-accesses-"));
  store = fileStore(join(directory, "ledger.json"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function accessOf(id: string, changed: Partial<Access> = {}): Access {
  return {
    id,
    kind: "psql",
    who: "ada@desk",
    reason: "ticket 1",
    may: "read",
    where: "cluster/mam",
    process: { host: "desk", pid: 7 },
    begun: "2026-11-24T10:00:00.000Z",
    until: "2026-11-24T10:30:00.000Z",
    result: "open",
    ...changed,
  };
}

test("sessions lie beside releases, which neither lose an entry nor gain one by them", async () => {
  await recordEntry(store, entryOf("release-1"));
  await recordAccess(store, accessOf("a"));
  await recordEntry(store, entryOf("release-2"));
  await recordAccess(store, accessOf("a", { result: "ended" }));
  const { entries, oddities } = await readHistory(store);

  expect(entries.map(({ id }) => id)).toEqual(["release-1", "release-2"]);
  expect(oddities).toEqual([]);
  expect(await readAccesses(store)).toEqual([accessOf("a", { result: "ended" })]);
});

test("two dozen sessions at the same moment are all remembered", async () => {
  const ids = Array.from({ length: 24 }, (_, index) => `session-${index}`);
  await Promise.all(ids.map((id) => recordAccess(store, accessOf(id))));

  expect((await readAccesses(store)).map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
});

test("a session that another version wrote is passed over, and kept", async () => {
  const strange = { id: "later", kind: "telnet" };
  await store.replace(JSON.stringify({ version: 1, accesses: [strange], releases: [] }), undefined);
  await recordAccess(store, accessOf("a"));
  await repairLedger(store, new Date());

  expect(await readAccesses(store)).toEqual([accessOf("a")]);
  const { accesses } = JSON.parse((await store.read())!.text) as { accesses: unknown[] };
  expect(accesses).toEqual([strange, accessOf("a")]);
});

type Here = Parameters<typeof staleAccesses>[1];

const here: Here = { host: "desk", now: new Date("2026-11-24T10:20:00Z"), isRunning: () => true };

const cases: readonly (readonly [string, Partial<Access>, Partial<Here>, number])[] = [
  ["its process is gone", {}, { isRunning: () => false }, 1],
  ["its process runs", {}, {}, 0],
  ["it has ended", { result: "ended" }, { isRunning: () => false }, 0],
  [
    "another machine has it",
    { process: { host: "laptop", pid: 7 } },
    { isRunning: () => false },
    0,
  ],
  [
    "another machine has it, and its time is long up",
    { process: { host: "laptop", pid: 7 } },
    { now: new Date("2026-11-24T10:36:00Z") },
    1,
  ],
];

test.each(cases)("whether a session was left: %s", (_, changed, seen, left) => {
  expect(staleAccesses([accessOf("a", changed)], { ...here, ...seen })).toHaveLength(left);
});
