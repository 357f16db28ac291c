import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { thisHolder } from "../../../operations/context/holder.ts";
import { type Place, placeOf } from "../../../operations/context/place.ts";
import { openRunFolder, pidFile } from "../../../operations/context/run-folder.ts";
import { awaitSurvivors, survivorsOf } from "../../../operations/context/survivors.ts";
import { AbortError } from "@mam-infra/clients/abort";

let directory: string;
let place: Place;
let running: ChildProcess;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mam-survivors-"));
  place = placeOf(directory, {});
});

afterEach(() => {
  running.kill();
  rmSync(directory, { recursive: true });
});

/** Something that runs in the folder of a command: of one that was killed, or of this process. */
function outlive(seconds: number, pid = 2 ** 22 + 1): void {
  const owner = { ...thisHolder("mam deploy staging"), pid };
  const stack = openRunFolder(place, "staging", owner).stack("staging-data");
  running = spawn("sleep", [String(seconds)], { cwd: stack });
  writeFileSync(join(stack, pidFile), `${running.pid}\n`);
}

function options(tell: (progress: string) => void, interruption = new AbortController().signal) {
  return { environment: "staging", interruption, tell };
}

test("a Terraform whose command was killed is named, by process and stack, and waited for until it ends", async () => {
  outlive(1);
  const told: string[] = [];
  await awaitSurvivors(
    place,
    options((progress) => told.push(progress)),
  );

  expect(told).toEqual([
    expect.stringMatching(
      new RegExp(
        `^waiting for Terraform of staging-data \\(process ${running.pid}, for .*\\), which outlived \`mam deploy staging\`$`,
      ),
    ),
  ]);
  expect(survivorsOf(place, "staging")).toEqual([]);
});

test("one of another environment, and one whose command is there, is nobody's concern", async () => {
  outlive(60);
  await awaitSurvivors(place, { ...options(() => undefined), environment: "production" });
  const gone = once(running, "exit");
  running.kill();
  await gone;
  outlive(60, process.pid);

  await awaitSurvivors(
    place,
    options(() => {
      throw new Error("it was waited for");
    }),
  );
  expect(survivorsOf(place, "staging")).toEqual([]);
});

test("whoever waits can be interrupted, and nothing was changed", async () => {
  outlive(60);
  const ending = new AbortController();
  const waiting = awaitSurvivors(
    place,
    options(() => {
      ending.abort();
    }, ending.signal),
  );

  await expect(waiting).rejects.toThrow(AbortError);
});
