import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import { type Holder, thisHolder } from "../../../operations/context/holder.ts";
import { type Place, placeOf } from "../../../operations/context/place.ts";
import {
  findRuns,
  openRunFolder,
  pidFile,
  unsavedState,
} from "../../../operations/context/run-folder.ts";

let project: string;
let place: Place;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "mam-runs-"));
  place = placeOf(project, {});
});

afterEach(() => {
  rmSync(project, { recursive: true });
});

const mine = () => thisHolder("mam plan staging");

/** A process that is no more: numbers end at 2^22 on Linux (proc_sys_kernel(5)), and earlier elsewhere. */
const dead: Holder = { ...thisHolder("mam deploy staging"), pid: 2 ** 22 + 1 };

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test("nobody else may look into what a process works on, also where the place stood open before", () => {
  mkdirSync(place.runs, { recursive: true });
  chmodSync(place.runs, 0o755);
  const run = openRunFolder(place, "staging", mine());
  const stack = run.stack("staging-app");

  expect([place.runs, run.path, stack].map(modeOf)).toEqual(["700", "700", "700"]);
  expect(modeOf(join(run.path, "owner.json"))).toBe("600");
});

test("a folder says whose it is, and is gone once its process is done", () => {
  const owner = mine();
  const run = openRunFolder(place, "staging", owner);
  writeFileSync(join(run.stack("staging-app"), "plan"), "secret");

  expect(findRuns(place)).toEqual([
    {
      path: run.path,
      environment: "staging",
      pid: process.pid,
      owner,
      unsavedStates: [],
      isOwned: true,
      running: [],
    },
  ]);
  run.remove();
  run.remove();
  expect(readdirSync(place.runs)).toEqual([]);
});

test("what dead processes left goes with the next run, and what the living work on stays", () => {
  const left = openRunFolder(place, "staging", dead);
  const reused = openRunFolder(place, "staging", { ...mine(), birth: "1" });
  const elsewhere = openRunFolder(place, "staging", { ...dead, host: `not-${hostname()}` });
  const living = openRunFolder(place, "production", mine());
  openRunFolder(place, "staging", mine());

  expect([left, reused].filter(({ path }) => existsSync(path))).toEqual([]);
  expect([living, elsewhere].filter(({ path }) => !existsSync(path))).toEqual([]);
});

test("a state that could be written nowhere else is never cleared away, nor is what it was made with", () => {
  const left = openRunFolder(place, "staging", dead);
  const stack = left.stack("staging-data");
  writeFileSync(join(stack, unsavedState), "{}");
  writeFileSync(join(stack, "cdk.tf.json"), "{}");
  left.remove();
  openRunFolder(place, "staging", mine());

  const [found] = findRuns(place).filter(({ path }) => path === left.path);
  expect(found?.unsavedStates).toEqual([join(stack, unsavedState)]);
  expect(existsSync(join(stack, "cdk.tf.json"))).toBe(true);
});

test("a saved plan is gone also where a state stays", () => {
  const left = openRunFolder(place, "staging", mine());
  const stack = left.stack("staging-data");
  writeFileSync(join(stack, unsavedState), "{}");
  writeFileSync(join(stack, "plan"), "secret");
  left.remove();

  expect(readdirSync(stack)).toEqual([unsavedState]);
});

test("a folder in which a Terraform still runs stays until it has ended", async () => {
  const left = openRunFolder(place, "staging", dead);
  const stack = left.stack("staging-data");
  const terraform = execa("sleep", ["60"], { cwd: stack, reject: false });
  writeFileSync(join(stack, pidFile), `${terraform.pid}\n`);
  left.remove();
  openRunFolder(place, "staging", mine());
  const [found] = findRuns(place).filter(({ path }) => path === left.path);
  terraform.kill("SIGKILL");
  await terraform;
  openRunFolder(place, "staging", mine());

  expect(found?.running).toMatchObject([{ pid: terraform.pid }]);
  expect(existsSync(left.path)).toBe(false);
});
