import { staleEntries } from "../../../operations/ledger/stale.ts";
import { entryOf } from "./entries.ts";

const now = new Date("2026-11-24T12:00:00.000Z");
const here = { now, host: "laptop", isRunning: (pid: number) => pid === 1 };
const running = (changed: Parameters<typeof entryOf>[1]) =>
  entryOf("one", { result: "running", begun: "2026-11-24T11:59:00.000Z", ...changed });

test("a run whose process is gone was interrupted, and so was a stack that it may have begun", () => {
  const stack = { fingerprint: "f", outcome: "not begun" } as const;
  const done = { fingerprint: "g", outcome: "unchanged" } as const;
  const [entry] = staleEntries(
    [
      running({
        process: { host: "laptop", pid: 2 },
        stacks: { storage: done, data: undefined, app: stack },
      }),
    ],
    here,
  );

  expect(entry).toMatchObject({
    result: "interrupted",
    ended: now.toISOString(),
    stacks: { storage: done, app: { fingerprint: "f", outcome: "interrupted" } },
  });
});

test("a run goes on while its process does, and on another machine until no deployment can take that long", () => {
  const there = { host: "runner", pid: 2 };
  const entries = [
    running({ process: { host: "laptop", pid: 1 } }),
    running({ process: there }),
    entryOf("ended", { begun: "2026-11-01T00:00:00.000Z" }),
  ];

  expect(staleEntries(entries, here)).toEqual([]);
  expect(
    staleEntries([running({ process: there, begun: "2026-11-24T09:59:00.000Z" })], here),
  ).toHaveLength(1);
});
