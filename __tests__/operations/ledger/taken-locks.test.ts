import { type TakenLock, lifeOf } from "../../../operations/ledger/taken-locks.ts";

const now = new Date("2026-11-29T12:00:00.000Z");
const here = {
  now,
  host: "laptop",
  space: "boot-1 pid:[1]",
  isStill: ({ pid }: { pid: number }) => pid < 10,
};
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
const taken = (changed: Partial<TakenLock> = {}): TakenLock => ({
  stack: "staging-app",
  lock: "0c3a9a6e",
  release: "20261129-115900-aaaa",
  host: "laptop",
  space: "boot-1 pid:[1]",
  command: { pid: 11 },
  terraform: { pid: 12 },
  heartbeat: minutesAgo(0),
  ...changed,
});
const there = (minutes: number, changed: Partial<TakenLock> = {}) =>
  lifeOf(taken({ host: "runner", heartbeat: minutesAgo(minutes), ...changed }), here);

test("on this machine a run lives as long as its command or its Terraform, whatever it last said", () => {
  expect(lifeOf(taken(), here)).toBe("dead");
  expect(lifeOf(taken({ command: { pid: 1 }, heartbeat: minutesAgo(1000) }), here)).toBe("alive");
  expect(lifeOf(taken({ terraform: { pid: 1 } }), here)).toBe("alive");
});

test("a run that was heard of on another machine lives, and is dead once no Terraform can outlive it so long", () => {
  expect([0, 5, 6, 90, 91].map((minutes) => there(minutes))).toEqual([
    ...["alive", "alive"],
    ...["silent", "silent"],
    "dead",
  ]);
});

test("a container of the same name, and the machine before it was started again, count as another machine", () => {
  const other = { host: "laptop", command: { pid: 1 } };

  expect(there(1, { ...other, space: "boot-1 pid:[2]" })).toBe("alive");
  expect(there(10, { ...other, space: "boot-0 pid:[1]" })).toBe("silent");
});

test("a run that has said that its Terraform ended is dead everywhere", () => {
  expect(there(0, { over: true })).toBe("dead");
});
