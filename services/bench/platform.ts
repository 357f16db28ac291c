import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import {
  type EngineName,
  type FoundEngines,
  findEngines,
  lacking,
} from "../../packages/engines/src/index.ts";
import type { Bench, Benchmark, Outcome } from "./bench.ts";
import { type BenchmarkName, type Command, UsageError, help, readCommand } from "./command.ts";
import { machineLine } from "./machine.ts";
import { holds } from "./measures.ts";
import { paintFor, reportOf } from "./report.ts";

// The SDK is pinned, and what it says about its next releases is of no use to whoever measures.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** What each benchmark needs, and where it is. Loaded when it is wanted: what it imports looks for programs, too. */
const benchmarks: Readonly<
  Record<
    BenchmarkName,
    { readonly needs: readonly EngineName[]; readonly load: () => Promise<Benchmark> }
  >
> = {
  edge: {
    needs: ["nginx"],
    load: async () => (await import("./edge/benchmark.ts")).benchmarkEdge,
  },
  worker: {
    needs: ["valkey", "ffmpeg"],
    load: async () => (await import("./worker/benchmark.ts")).benchmarkWorker,
  },
  api: {
    needs: ["postgres", "pgbouncer", "valkey"],
    load: async () => (await import("./api/benchmark.ts")).benchmarkApi,
  },
};

const paint = paintFor(process.stdout.isTTY, process.env.NO_COLOR);

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Runs a benchmark, and ends all that it started however it ends. */
async function run(
  name: BenchmarkName,
  environment: Pick<Bench, "built" | "engines" | "pairs" | "signal">,
): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), `bench-${name}-`));
  await chmod(directory, 0o755);
  const ends: (() => Promise<unknown>)[] = [];
  const bench: Bench = {
    ...environment,
    directory,
    progress: (line) => {
      say(`${name}: ${line}`);
    },
    defer: (end) => ends.unshift(end),
  };
  const { signal } = bench;
  try {
    const interrupted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener("abort", () => {
        reject(signal.reason as Error);
      });
    });
    return await Promise.race([(await benchmarks[name].load())(bench), interrupted]);
  } finally {
    for (const end of ends) await end();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Builds the services as images have them, unless that was done. */
async function build(command: Command, directory: string): Promise<string> {
  if (command.built !== undefined) return resolve(command.built);
  say("building the services");
  const services = fileURLToPath(new URL("../", import.meta.url));
  await promisify(execFile)(process.execPath, ["build.mjs", directory], { cwd: services });
  return directory;
}

async function measure(
  command: Command,
  engines: FoundEngines,
  signal: AbortSignal,
): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), "bench-services-"));
  const results: Record<string, unknown> = {};
  let isGood = true;
  try {
    const built = await build(command, directory);
    for (const name of command.benchmarks) {
      const machine = machineLine(engines);
      const outcome = await run(name, { built, engines, pairs: command.pairs, signal });
      results[name] = { machine, ...outcome };
      isGood &&= outcome.measures.every(holds);
      process.stdout.write(`${paint("dim", machine)}\n${reportOf(name, outcome, paint)}\n`);
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  if (command.json !== undefined) {
    // npm runs this in services/: the file is meant from where the person is.
    const file = resolve(process.env.INIT_CWD ?? "", command.json);
    await writeFile(file, `${JSON.stringify(results, undefined, 2)}\n`);
  }
  return isGood ? 0 : 1;
}

async function main(): Promise<number> {
  const command = readCommand(process.argv.slice(2));
  if (command.help) {
    process.stdout.write(help);
    return 0;
  }
  const needs = [...new Set(command.benchmarks.flatMap((name) => benchmarks[name].needs))];
  const engines = await findEngines({ only: needs, progress: say });
  const lack = lacking(engines, needs);
  if (lack !== undefined) throw new UsageError(`not run: ${lack}`);
  const interruption = new AbortController();
  const interrupt = () => {
    interruption.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupt);
  try {
    return await measure(command, engines, interruption.signal);
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    say("interrupted: everything that was started has ended");
    return 130;
  }
}

const code = await main().catch((error: unknown) => {
  say(error instanceof UsageError ? error.message : String((error as Error).stack ?? error));
  return error instanceof UsageError ? 2 : 1;
});
// What was interrupted may still have a timer.
process.exit(code);
