import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { type Holder, thisHolder } from "../../../operations/context/holder.ts";
import {
  type LockOptions,
  Occupied,
  lockEnvironment,
} from "../../../operations/context/environment-lock.ts";
import { type Place, makePrivate, placeOf } from "../../../operations/context/place.ts";
import { AbortError } from "@mam-infra/clients/abort";

let project: string;
let place: Place;
let told: string[];

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "mam-lock-"));
  place = placeOf(project, {});
  told = [];
});

afterEach(() => {
  rmSync(project, { recursive: true });
});

const lock = (command: string, options: Partial<LockOptions> = {}) =>
  lockEnvironment(place, {
    environment: "staging",
    holder: thisHolder(command),
    interruption: new AbortController().signal,
    tell: (progress) => told.push(progress),
    ...options,
  });

/** Leaves an announcement as a process does that ends before it can take it back. */
function left(holder: Holder): void {
  makePrivate(place.locks);
  writeFileSync(join(place.locks, `staging-${holder.pid}-0a0b0c0d`), JSON.stringify(holder));
}

test("the second command waits for the first, says for whom, and goes on when it ends", async () => {
  const unlock = await lock("mam deploy staging");
  let second: (() => void) | undefined;
  const waiting = lock("mam secrets rotate staging jwt-secret").then((taken) => (second = taken));
  while (told.length === 0) await setTimeout(10);

  expect(second).toBeUndefined();
  expect(told).toEqual([
    expect.stringMatching(
      new RegExp(
        `^waiting for mam deploy staging \\(process ${process.pid} on ${hostname()}, for \\d seconds?\\)$`,
      ),
    ),
  ]);
  unlock();
  (await waiting)();
  expect(readdirSync(place.locks)).toEqual([]);
});

test("of many that begin at once only one goes on at a time", async () => {
  let inside = 0;
  let most = 0;
  const one = async () => {
    const unlock = await lock("mam deploy staging");
    inside += 1;
    most = Math.max(most, inside);
    await setTimeout(5);
    inside -= 1;
    unlock();
  };
  await Promise.all(Array.from({ length: 5 }, one));

  expect(most).toBe(1);
}, 60_000);

test("another environment is another lock, also one whose name begins alike", async () => {
  const unlock = await lock("mam deploy staging-eu", { environment: "staging-eu" });
  (await lock("mam deploy staging"))();
  unlock();

  expect(told).toEqual([]);
});

test("what a dead holder left stands in nobody's way, nor does a later process of its number", async () => {
  left({ ...thisHolder("mam deploy staging"), pid: 2 ** 22 + 1 });
  left({ ...thisHolder("mam deploy staging"), birth: "1" });
  (await lock("mam deploy staging"))();

  expect(told).toHaveLength(2);
  expect(told[0]).toMatch(/^gave back the lock of mam deploy staging \(.*\), which is dead$/);
  expect(readdirSync(place.locks)).toEqual([]);
});

test("a holder on another machine that is not heard of any more is said with the line that takes its lock", async () => {
  left({ ...thisHolder("mam deploy staging"), host: "build-3", pid: 4711 });
  const file = join(place.locks, "staging-4711-0a0b0c0d");
  const earlier = new Date(Date.now() - 12 * 60_000);
  utimesSync(file, earlier, earlier);
  const controller = new AbortController();
  const waiting = lock("mam deploy staging", { interruption: controller.signal });
  while (told.length === 0) await setTimeout(10);
  controller.abort();

  await expect(waiting).rejects.toThrow(AbortError);
  expect(told[0]).toMatch(
    /, last heard of 12 minutes ago; if that machine is gone: rm \S+-4711-\S+$/,
  );
});

test("whoever holds a lock says again and again that it lives", async () => {
  jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "setTimeout"] });
  const unlock = await lock("mam deploy staging");
  const [name = ""] = readdirSync(place.locks);
  const file = join(place.locks, name);
  utimesSync(file, 0, 0);
  jest.advanceTimersByTime(60_000);
  jest.useRealTimers();

  expect(statSync(file).mtimeMs).toBeGreaterThan(0);
  unlock();
});

test("whoever waits too long is refused by name of the holder, with the line for a machine that is gone", async () => {
  left({ ...thisHolder("mam deploy staging"), host: "build-3", pid: 4711 });
  const refused = lock("mam deploy staging", { limitMinutes: 0 });

  await expect(refused).rejects.toThrow(Occupied);
  await expect(refused).rejects.toThrow(
    /^staging is being changed by mam deploy staging \(process 4711 on build-3, .*rm \S+staging-4711-0a0b0c0d$/s,
  );
});

test("an interruption ends the wait, and leaves nothing", async () => {
  const controller = new AbortController();
  const unlock = await lock("mam deploy staging");
  const waiting = lock("mam deploy staging", {
    interruption: controller.signal,
    tell: () => {
      controller.abort();
    },
  });

  await expect(waiting).rejects.toThrow(AbortError);
  unlock();
  expect(readdirSync(place.locks)).toEqual([]);
});
