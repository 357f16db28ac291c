import { parseArgs } from "node:util";

/** The benchmarks, in the order in which they run. */
export const benchmarkNames = ["edge", "worker", "api"] as const;

/** Name of a benchmark. */
export type BenchmarkName = (typeof benchmarkNames)[number];

/** What is asked for. */
export interface Command {
  readonly benchmarks: readonly BenchmarkName[];
  /** Pairs of runs; undefined for each benchmark's own number. */
  readonly pairs: number | undefined;
  /** File for the results in JSON. */
  readonly json: string | undefined;
  /** Directory with the services as `build.mjs DIRECTORY` writes them; undefined when they are to be built. */
  readonly built: string | undefined;
  readonly help: boolean;
}

/** The command was written wrongly. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What `--help` says. */
export const help = `Compares the services with the plain programs that do the same, in turns on this machine.

  npm run bench:platform                              all three, about ten minutes
  npm run bench:platform -- edge                      one of them: edge, worker, api
  npm run bench:platform -- worker api --pairs 7      more pairs for a steadier middle
  npm run bench:platform -- --json results.json       the results for a program as well

edge    bytes per second to 200 viewers beside nginx that proxies the same storage, and the edge's memory
worker  the time of a preview, from the job's entry to its last report, beside ffmpeg alone with the same encode
api     p95 of a page of the library and of signing parts for 1000 sessions, beside a fastify that answers "select 1";
        and its memory while a file of 1 GiB is uploaded and promoted

Each ratio is the middle of those of the pairs. Both runs of a pair follow each other, in the other order each time.

  --pairs N    pairs of runs; default: edge 5, worker 3, api 5
  --json FILE  write the results to a file, too
  --built DIR  services that are built already (node build.mjs DIR)
  --help       this text

Exit code 0 when every limit holds, 1 when one does not, 2 when the command is wrong or a program is missing, 130 after
Ctrl-C. NO_COLOR=1 writes without colours.
`;

const isName = (text: string): text is BenchmarkName =>
  (benchmarkNames as readonly string[]).includes(text);

/** Reads the command line. @throws UsageError */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  const unknown = positionals.find((name) => !isName(name));
  if (unknown !== undefined)
    throw new UsageError(
      `there is no benchmark ${unknown}: expected ${benchmarkNames.join(", ")} (npm run bench:platform -- --help)`,
    );
  return {
    benchmarks: benchmarkNames.filter(
      (name) => positionals.length === 0 || positionals.includes(name),
    ),
    pairs: pairsOf(values.pairs),
    json: values.json,
    built: values.built,
    help: values.help,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        pairs: { type: "string" },
        json: { type: "string" },
        built: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function pairsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,2}$/.test(text))
    throw new UsageError(`--pairs ${text}: expected a number from 1 to 999, such as --pairs 5`);
  return Number(text);
}
