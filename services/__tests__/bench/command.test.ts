import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { UsageError, readCommand } from "../../bench/command.ts";

const services = fileURLToPath(new URL("../../", import.meta.url));

test("without a name all benchmarks run, and else those that are named, each once and in their order", () => {
  assert.deepEqual(readCommand([]).benchmarks, ["edge", "worker", "api"]);
  assert.deepEqual(readCommand(["api", "edge", "api"]).benchmarks, ["edge", "api"]);
});

test("options are read, and are undefined where there is none", () => {
  const { pairs, json } = readCommand(["worker", "--pairs", "7", "--json", "out.json"]);

  assert.deepEqual({ pairs, json }, { pairs: 7, json: "out.json" });
  assert.equal(readCommand([]).pairs, undefined);
});

test("what cannot be meant is refused, with what was expected", () => {
  const refused = (args: readonly string[], words: RegExp) => {
    assert.throws(
      () => readCommand(args),
      (error) => error instanceof UsageError && words.test(error.message),
    );
  };

  refused(["frontend"], /no benchmark frontend: expected edge, worker, api/);
  refused(["--pair", "3"], /--pair/);
  for (const pairs of ["0", "-1", "2.5", "many", "1000"])
    refused([`--pairs=${pairs}`], /a number from 1 to 999/);
});

test("the program ends with 2 for a wrong command, and with 0 for its help", async () => {
  const codeOf = (args: readonly string[]) =>
    new Promise<number | string | null | undefined>((resolve) => {
      execFile(
        process.execPath,
        ["--import", "tsx", "bench/platform.ts", ...args],
        { cwd: services },
        (error) => {
          resolve(error ? error.code : 0);
        },
      );
    });

  assert.equal(await codeOf(["frontend"]), 2);
  assert.equal(await codeOf(["--help"]), 0);
});
