import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { pushStates } from "../../../operations/state/push.ts";
import { anEnvironment } from "../../support/environments.ts";
import { silent } from "../../support/deploying.ts";
import { type World, hasState, openWorld } from "../../support/recorded/world.ts";

let world: World;
let file: string;

beforeEach(() => {
  world = openWorld({ environment: anEnvironment() });
  file = join(world.session.project, "cdktf.out/stacks/production-data/errored.tfstate");
  mkdirSync(dirname(file), { recursive: true });
});
afterEach(() => world.close());

const state = (serial: number) => ({ version: 4, serial, lineage: "a", resources: [] });
const keeps = (text: string) => {
  writeFileSync(file, text);
};
const push = () => pushStates(world.session, {}, silent);

test("a state that somebody overtook stays, and is a failure until a person has taken it away", async () => {
  hasState(world, "data", state(8));
  keeps(JSON.stringify(state(7)));

  expect(await push()).toEqual({
    ok: false,
    data: { environment: "production", pushed: [], kept: [file] },
    text: [
      `the state of production-data in ${file}: serial 7, and serial 8 stands: somebody has written another one since`,
      `  fix: see with mam doctor production that nothing stands which no state knows, then: rm ${file}\n`,
    ].join("\n"),
  });
  expect(existsSync(file)).toBe(true);
  rmSync(file);
  expect(await push()).toMatchObject({
    ok: true,
    text: "production: every state is where it belongs.\n",
  });
});

test("a state that cannot be written still stays where it is, with why and the line that writes it", async () => {
  hasState(world, "data", state(7));
  keeps(JSON.stringify(state(8)));
  world.terraform.fails("production-data", "state", "the bucket is full");

  await expect(push()).rejects.toThrow(
    new RegExp(
      `^the state of production-data is kept in ${file}, and cannot be written where it belongs: [^]*the bucket is full[^]*\\n {2}fix: mam state push production, before anything else`,
    ),
  );
  expect(existsSync(file)).toBe(true);
  rmSync(join(dirname(world.terraform.program), "production-data/state.fails"));
  expect(await push()).toMatchObject({
    ok: true,
    text: "the state of production-data is written, serial 8\n",
  });
  expect(existsSync(file)).toBe(false);
});

test.each([
  ["cut off", JSON.stringify(state(8)).slice(0, 30)],
  ["empty", ""],
  ["something else", "{}"],
])("a state that was kept %s is named with its file, and nothing is written", async (_, text) => {
  keeps(text);

  await expect(push()).rejects.toThrow(
    `${file} is no whole state: the disk may have been full when Terraform kept it there.\n  fix: keep a copy of it elsewhere, then rm ${file}, and mam doctor`,
  );
  expect(world.journal.lines()).toEqual([]);
  rmSync(file);
  expect(await push()).toMatchObject({ ok: true });
});
