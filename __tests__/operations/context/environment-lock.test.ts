import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
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

  expect(told).toEqual([]);
  expect(readdirSync(place.locks)).toEqual([]);
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
