import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";

import { type Programs, programs } from "./support/programs.ts";
import { playJob } from "./support/runner.ts";
import { workflowFiles } from "./support/workflow.ts";

let bin: Programs;
let directory: string;

beforeAll(() => {
  bin = programs();
  directory = mkdtempSync(`${tmpdir()}/mam-check-`);
});
afterAll(() => {
  bin.remove();
  rmSync(directory, { recursive: true });
});

const check = workflowFiles().find(({ name }) => name === "check.yml")!;
const lines = Object.entries(check.workflow.jobs).flatMap(([job, { strategy }]) => {
  const [name, values] = Object.entries(strategy?.matrix ?? {})[0] ?? ["", [""]];
  return values.map((value) => [job, name, value] as const);
});

test.each(lines)("each line of the job %s runs, with %s %s", async (job, name, value) => {
  const { ok, ran } = await playJob(check, job, {
    directory,
    variables: { PATH: `${bin.directory}:/usr/bin:/bin` },
    values: { [`matrix.${name}`]: value },
    conditions: {},
    artifacts: new Map(),
    permit: () => undefined,
  });

  expect(ran.map(({ exitCode, output }) => [exitCode, output])).toEqual(
    ran.map(({ output }) => [0, output]),
  );
  expect(ok).toBe(true);
  expect(ran.length).toBeGreaterThan(1);
});

test("a script that is not there fails", async () => {
  const { ok, ran } = await playJob(check, "tests", {
    directory,
    variables: { PATH: `${bin.directory}:/usr/bin:/bin` },
    values: { "matrix.script": "tset" },
    conditions: {},
    artifacts: new Map(),
    permit: () => undefined,
  });

  expect([ok, ran.at(-1)?.output]).toEqual([false, expect.stringContaining("no script tset")]);
});
