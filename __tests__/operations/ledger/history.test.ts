import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { LedgerEntry } from "../../../operations/ledger/entry.ts";
import { fileStore } from "../../../operations/ledger/file-store.ts";
import { lastGood, readHistory, recordEntry } from "../../../operations/ledger/ledger.ts";
import { repairLedger } from "../../../operations/ledger/repair.ts";
import { entryOf, imagesOf } from "./entries.ts";

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mam-history-"));
  file = join(directory, "staging.ledger.json");
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const written = (releases: readonly unknown[], frame = {}) => {
  writeFileSync(file, JSON.stringify({ version: 1, ...frame, releases }, null, 2));
};
const ids = (entries: readonly LedgerEntry[]) => entries.map(({ id }) => id);
const raw = () => JSON.parse(readFileSync(file, "utf8")) as { releases: unknown[] };

const finding = {
  id: "app-spec",
  severity: "error" as const,
  resource: "the app spec",
  expected: "a",
  found: "b",
  fix: "mam deploy staging",
};

test("an entry is written as it will be read, without what a check says besides", async () => {
  const findings = [{ ...finding, component: "api", path: "services.api" }];
  await recordEntry(fileStore(file), entryOf("one", { findings }));

  expect(await readHistory(fileStore(file))).toMatchObject({
    entries: [{ id: "one", findings: [finding] }],
    oddities: [],
  });
  expect(readFileSync(file, "utf8")).not.toContain("component");
});

test("what cannot be an entry is not written, and the ledger stays as it was", async () => {
  await recordEntry(fileStore(file), entryOf("one"));
  const before = readFileSync(file, "utf8");
  const broken = { ...entryOf("two"), result: "superseded" } as unknown as LedgerEntry;

  await expect(recordEntry(fileStore(file), broken)).rejects.toThrow("result");
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("an entry with a field that nobody knows counts, without the field, and is named", async () => {
  const other = { ...entryOf("two"), region: "nyc", findings: [{ ...finding, path: "x" }] };
  written([entryOf("one"), other]);
  const { entries, oddities } = await readHistory(fileStore(file));

  expect(ids(entries)).toEqual(["one", "two"]);
  expect(oddities).toEqual([
    {
      entry: "release two",
      problem: "has findings.0.path, region, which this version does not know",
      passedOver: false,
    },
  ]);
});

test.each([
  ["lacks a field", { ...entryOf("two"), images: undefined }, "release two", "images"],
  [
    "has a value of another version",
    { ...entryOf("two"), result: "superseded" },
    "release two",
    "result",
  ],
  ["is no entry at all", "nonsense", "entry 2", "the entry"],
])(
  "an entry that %s is passed over by name, and stays where it is",
  async (_, bad, entry, field) => {
    written([entryOf("one", { images: imagesOf("b") }), bad, entryOf("three")]);
    const history = await readHistory(fileStore(file));
    await recordEntry(fileStore(file), entryOf("four"));

    expect(ids(history.entries)).toEqual(["one", "three"]);
    expect(ids(history.certain)).toEqual(["three"]);
    expect(history.oddities).toEqual([
      { entry, problem: expect.stringContaining(`${field}: `), passedOver: true },
    ]);
    expect(lastGood(history.entries, { images: imagesOf("a") })?.id).toBe("one");
    expect(raw().releases[1]).toEqual(JSON.parse(JSON.stringify(bad)));
    expect(ids((await readHistory(fileStore(file))).entries)).toEqual(["one", "three", "four"]);
  },
);

test("of a ledger that ends too early the whole entries count, and nothing of it is lost", async () => {
  written([entryOf("one", { reason: 'it said "} ]" and \\' }), entryOf("two"), entryOf("three")]);
  const text = readFileSync(file, "utf8");
  const truncated = text.slice(0, text.indexOf("three") + 200);
  writeFileSync(file, truncated);
  const history = await readHistory(fileStore(file));
  await recordEntry(fileStore(file), entryOf("four"));

  expect(ids(history.entries)).toEqual(["one", "two"]);
  expect(history.oddities).toMatchObject([{ entry: "the rest of the file", passedOver: true }]);
  expect(ids((await readHistory(fileStore(file))).entries)).toEqual(["one", "two", "four"]);
  expect(raw().releases[2]).toEqual({ unreadable: truncated });
});

test.each([
  ["nothing", ""],
  ["a page", "<html>Bad gateway</html>"],
  ["another kind of file", '{"version":4,"serial":12}'],
])("a ledger that is %s stands in nobody's way", async (_, text) => {
  writeFileSync(file, text);
  const { entries, oddities } = await readHistory(fileStore(file));
  await recordEntry(fileStore(file), entryOf("one"));

  expect(entries).toEqual([]);
  expect(oddities).toMatchObject([{ passedOver: true }]);
  expect(ids((await readHistory(fileStore(file))).entries)).toEqual(["one"]);
});

test("a ledger of another version is read entry by entry, and keeps its version", async () => {
  written([{ id: "one", kind: "promotion" }, entryOf("two")], { version: 2, region: "nyc" });
  await recordEntry(fileStore(file), entryOf("three"));

  expect(ids((await readHistory(fileStore(file))).entries)).toEqual(["two", "three"]);
  expect(raw()).toMatchObject({ version: 2, region: "nyc" });
});

test("a repair takes out what cannot be read, keeps a copy, and is not needed twice", async () => {
  written([entryOf("one"), "nonsense", { ...entryOf("two"), region: "nyc" }]);
  const before = readFileSync(file, "utf8");
  const now = new Date("2026-11-28T10:00:00.000Z");
  const first = await repairLedger(fileStore(file), now);
  const second = await repairLedger(fileStore(file), now);

  expect(first.copy).toBe(join(directory, "staging.ledger.before-20261128T100000000Z.json"));
  expect(readFileSync(first.copy!, "utf8")).toBe(before);
  expect(await readHistory(fileStore(file))).toMatchObject({
    entries: [{ id: "one" }, { id: "two" }],
    oddities: [],
  });
  expect(second.copy).toBeUndefined();
});
