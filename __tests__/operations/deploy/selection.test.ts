import { sayingTheSame, selectStacks } from "../../../operations/deploy/selection.ts";
import type { LedgerEntry } from "../../../operations/ledger/entry.ts";
import { type StackKind, stackKinds } from "../../../operations/terraform/stack-kinds.ts";
import type { SynthesizedStack } from "../../../operations/terraform/synthesis.ts";
import { entryOf } from "../ledger/entries.ts";

type Outcome = NonNullable<LedgerEntry["stacks"]["app"]>["outcome"];

const stacks = Object.fromEntries(
  stackKinds.map((kind) => [kind, { kind, name: kind, directory: kind, fingerprint: "now" }]),
) as unknown as Record<StackKind, SynthesizedStack>;

const deployed = new Set<StackKind>(stackKinds);

/** An entry in which storage and data came to something. */
function entry(
  id: string,
  outcome: Outcome,
  fingerprint = "now",
  changed: Partial<LedgerEntry> = {},
) {
  const stack = { outcome, fingerprint };
  return entryOf(id, { stacks: { storage: stack, data: stack, app: stack }, ...changed });
}

const selected = (entries: readonly LedgerEntry[], all = false, present = deployed) =>
  selectStacks({ stacks, entries, deployed: present, all }).stacks.map(({ kind }) => kind);

test("a storage or data stack that says what was deployed last is left out, and the app never is", () => {
  expect(selected([entry("one", "applied"), entry("two", "not planned")])).toEqual(["app"]);
  expect(
    selectStacks({ stacks, entries: [entry("one", "unchanged")], deployed, all: false }).reasons,
  ).toEqual({
    storage: "it says what release one deployed; --all plans it",
    data: "it says what release one deployed; --all plans it",
  });
});

test.each([
  ["nothing is known", []],
  ["it says something else", [entry("one", "applied", "before")]],
  [
    "it failed since",
    [entry("one", "applied"), entry("two", "failed", "now", { result: "failed" })],
  ],
  [
    "something else was deployed and taken back",
    [entry("one", "applied"), entry("two", "applied", "other", { result: "failed" })],
  ],
  [
    "another run may be at it",
    [entry("one", "applied"), entry("two", "not begun", "now", { result: "running" })],
  ],
])("all stacks are planned when %s", (_, entries) => {
  expect(selected(entries)).toEqual(["storage", "data", "app"]);
});

test("a stack that was not begun by a run that ended is as it was before", () => {
  const ended = entry("two", "not begun", "other", { result: "interrupted" });

  expect(selected([entry("one", "applied"), ended])).toEqual(["app"]);
});

test("everything is planned on demand, and a stack whose state is gone", () => {
  expect(selected([entry("one", "applied")], true)).toEqual(["storage", "data", "app"]);
  expect(selected([entry("one", "applied")], false, new Set(["data", "app"] as const))).toEqual([
    "storage",
  ]);
});

test("a stack that says what was deployed last is planned when it stands otherwise", () => {
  const entries = [entry("one", "applied")];
  const differences = { data: ["PostgreSQL's trusted sources is none"], storage: [] };
  const { stacks: planned, reasons } = selectStacks({
    stacks,
    entries,
    deployed,
    all: false,
    differences,
  });

  expect(planned.map(({ kind }) => kind)).toEqual(["data", "app"]);
  expect(reasons).toEqual({ storage: "it says what release one deployed; --all plans it" });
});

test("only stacks that say what was deployed last have to be looked at", () => {
  const context = { stacks, deployed, all: false };

  expect([...sayingTheSame({ ...context, entries: [entry("one", "applied")] })]).toEqual([
    ["storage", "one"],
    ["data", "one"],
  ]);
  expect([...sayingTheSame({ ...context, entries: [] })]).toEqual([]);
  expect([...sayingTheSame({ ...context, entries: [entry("one", "applied")], all: true })]).toEqual(
    [],
  );
});
