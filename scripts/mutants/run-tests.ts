import { readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";

import { execa } from "execa";
import { z } from "zod";

/** What a test file came to. */
export interface TestRun {
  /** Names of the tests that failed. */
  readonly failed: readonly string[];
  readonly passed: number;
  /** What was printed last, for a run that came to nothing. */
  readonly output: string;
}

const jestReport = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** Longest time of a test file, in milliseconds: a defect can also make something wait for ever. */
const timeout = 300_000;

/**
 * Runs one test file of a copy of the project.
 *
 * @param signal ends it.
 */
export function runTests(directory: string, file: string, signal: AbortSignal): Promise<TestRun> {
  return file.startsWith("services/")
    ? runNodeTest(directory, file.slice("services/".length), signal)
    : runJest(directory, file, signal);
}

async function runJest(directory: string, file: string, signal: AbortSignal): Promise<TestRun> {
  const report = join(directory, "mutant-report.json");
  rmSync(report, { force: true });
  const config = file.endsWith(".platform.test.ts") ? "jest.platform.config.js" : "jest.config.js";
  const words = ["node_modules/jest/bin/jest.js", "--config", config, "--runTestsByPath", file];
  const { all } = await execa("node", [...words, "--json", `--outputFile=${report}`], {
    ...options(directory, signal),
  });
  const results = namesIn(report);
  return {
    failed: results.filter(({ status }) => status === "failed").map(({ fullName }) => fullName),
    passed: results.filter(({ status }) => status === "passed").length,
    output: all.slice(-2000),
  };
}

function namesIn(report: string) {
  try {
    const { testResults } = jestReport.parse(JSON.parse(readFileSync(report, "utf8")));
    return testResults.flatMap(({ assertionResults }) => assertionResults);
  } catch (error) {
    // Without a report no test was run: the caller shows what was printed.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

async function runNodeTest(directory: string, file: string, signal: AbortSignal): Promise<TestRun> {
  const words = ["--import", "tsx", "--test", "--test-reporter=tap", file];
  const { all } = await execa("node", words, options(join(directory, "services"), signal));
  const names = (result: string) =>
    [...all.matchAll(new RegExp(`^ *${result} \\d+ - (.+)$`, "gm"))]
      .map(([, name = ""]) => name)
      // A file that cannot be loaded is a failure of its own name, and no test.
      .filter((name) => !name.endsWith(basename(file)));
  return { failed: names("not ok"), passed: names("ok").length, output: all.slice(-2000) };
}

const options = (cwd: string, signal: AbortSignal) =>
  ({
    cwd,
    cancelSignal: signal,
    timeout,
    reject: false,
    all: true,
    env: { NO_COLOR: "1", FORCE_COLOR: "0" },
  }) as const;
