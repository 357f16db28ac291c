import { cpus, loadavg, totalmem } from "node:os";

import { Command } from "commander";

import { abortedBy } from "../operations/context/signals.ts";
import { checkOut } from "./bench/checkout.ts";
import { type Measured, holds } from "./bench/measured.ts";
import { type Bench, type Row, rows } from "./bench/rows.ts";
import { table } from "./bench/table.ts";

// The SDK is pinned, and what it says about its next releases is of no use to whoever measures.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

interface Options {
  readonly base?: string;
  readonly rows?: string;
}

const help = `
Measures what the project costs, and prints one table in Markdown. With --base the same is measured of another commit, in the
same run, on the same machine: only then ratios to it are said. It is checked out and installed in a temporary directory.

Rows, and what they take:
${rows.map(({ name, takes }) => `  ${name.padEnd(9)} ${takes}`).join("\n")}

Examples:
  npm run bench                                  everything but ratios to another commit
  npm run bench -- --base v1.4.0                 everything, compared with a tag
  npm run bench -- --base HEAD~20 --rows growth,memory

Exit code: 0 when every limit holds, 1 when one does not, 2 for a row that there is not, 130 after Ctrl-C.`;

await new Command("bench")
  .description("Measures what the project costs, in one table.")
  .option("--base <revision>", "another commit that the same is measured of")
  .option("--rows <names>", "only these rows, separated by commas")
  .addHelpText("after", help)
  .action(async ({ base: revision, rows: names }: Options) => {
    const chosen = chosenBy(names);
    if (chosen === undefined) return;
    const interruption = abortedBy(["SIGINT", "SIGTERM"]);
    const tell = (progress: string) => void process.stderr.write(`${progress}\n`);
    tell(revision === undefined ? "nothing is compared with" : `installing ${revision}`);
    const base = revision === undefined ? undefined : await checkOut(revision, interruption);
    try {
      const measured = await measureAll(chosen, { base, interruption, tell });
      process.stdout.write(`${machine()}\n\n${table(measured)}`);
      if (measured.some((row) => holds(row) === false)) process.exitCode = 1;
    } finally {
      await base?.remove();
    }
    if (interruption.aborted) process.exitCode = 130;
  })
  .parseAsync();

/** The rows of a list of names; undefined, and said, when one of them is none. */
function chosenBy(names: string | undefined): readonly Row[] | undefined {
  if (names === undefined) return rows;
  const wanted = names.split(",");
  const unknown = wanted.filter((name) => !rows.some((row) => row.name === name));
  if (unknown.length === 0) return rows.filter(({ name }) => wanted.includes(name));
  const known = rows.map(({ name }) => name).join(", ");
  process.stderr.write(`No row is called ${unknown.join(", ")}, expected some of: ${known}\n`);
  process.exitCode = 2;
  return undefined;
}

/** Measures rows one after another: two at once would measure each other. */
async function measureAll(chosen: readonly Row[], bench: Bench): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const row of chosen) {
    if (bench.interruption.aborted) break;
    bench.tell(`${row.name}: ${row.takes}`);
    measured.push(...(await row.measure(bench)));
  }
  return measured;
}

/** Where and when it was measured: numbers of two machines, or of a busy one, do not compare. */
function machine(): string {
  const [cpu] = cpus();
  return [
    new Date().toISOString().slice(0, 16),
    `${cpus().length} CPUs ${cpu?.model.trim() ?? "unknown"}`,
    `${Math.round(totalmem() / 1024 ** 3)} GiB`,
    `load ${loadavg()[0]?.toFixed(1)}`,
    `Node.js ${process.versions.node}`,
  ].join(", ");
}
