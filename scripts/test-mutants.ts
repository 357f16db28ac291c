import { Command, Option } from "commander";

import { copyProject } from "./mutants/copy.ts";
import { type Mutant, mutants } from "./mutants/mutants.ts";
import { keepMutantRecord } from "./mutants/record.ts";
import { tryMutant, type Verdict } from "./mutants/try-mutant.ts";

interface Options {
  readonly only?: string;
  readonly fast?: boolean;
  readonly json?: boolean;
  readonly list?: boolean;
  readonly record?: boolean;
}

const help = `
Puts small defects into a copy of the project, one after the other, and runs the test that has to fail for each. A mutant that
no test notices, or that only tests with other names notice, is a gap in the tests: write the test that names the cause.

Examples:
  npm run test:mutants                       all of them; the checkout is left alone
  npm run test:mutants -- --fast             those whose tests take less than ten seconds
  npm run test:mutants -- --only gate,lock   those with one of the words in their name or area
  npm run test:mutants -- --json             the verdicts for machines
  npm run test:mutants -- --record           keeps what came out for docs/mutants.md; of all of them only

Exit code: 0 when every mutant died by its sentence, 1 when one did not, 2 when none is named so, 130 after Ctrl-C.`;

await new Command("test:mutants")
  .description("Proves that tests notice small defects, and name them.")
  .option("--only <words>", "only those with one of the words, separated by commas")
  .option("--fast", "only those with quick tests")
  .option("--json", "print the verdicts as JSON")
  .addOption(
    new Option("--record", "keep what came out for docs/mutants.md").conflicts(["only", "fast"]),
  )
  .addOption(new Option("--list", "print the mutants, and try none"))
  .addHelpText("after", help)
  .action(async (options: Options) => {
    const chosen = chosenBy(options);
    if (chosen.length === 0) {
      process.stderr.write(`No mutant is named so. npm run test:mutants -- --list shows all.\n`);
      process.exitCode = 2;
    } else if (options.list) process.stdout.write(chosen.map(lineOf).join(""));
    else await tryAll(chosen, options);
  })
  .parseAsync();

function chosenBy({ only, fast }: Options): readonly Mutant[] {
  const words = only?.split(",").filter((word) => word !== "") ?? [""];
  return mutants.filter(
    ({ name, area, slow }) =>
      !(fast && slow) && words.some((word) => name.includes(word) || area.includes(word)),
  );
}

async function tryAll(chosen: readonly Mutant[], { json, record }: Options): Promise<void> {
  const { signal } = interruption();
  const copy = await copyProject(process.cwd());
  const verdicts: Verdict[] = [];
  try {
    for (const mutant of chosen) {
      const verdict = await tryMutant(copy.directory, mutant, signal);
      if (signal.aborted) break;
      verdicts.push(verdict);
      process.stderr.write(verdictLine(verdict, verdicts.length, chosen.length));
    }
  } finally {
    copy.remove();
  }
  report(verdicts, json ?? false);
  if (record && !signal.aborted) keepMutantRecord(verdicts, new Date());
  const left = verdicts.filter(({ end }) => end !== "died").length;
  process.exitCode = signal.aborted ? 130 : Math.min(left, 1);
}

/** Ends the test that runs, and what comes after it, by Ctrl-C. */
function interruption(): AbortController {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      controller.abort();
    });
  }
  return controller;
}

function report(verdicts: readonly Verdict[], json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify(verdicts, null, 2)}\n`);
  const died = verdicts.filter(({ end }) => end === "died").length;
  process.stderr.write(`${died} of ${verdicts.length} mutants died by their sentences.\n`);
}

function lineOf({ name, area, file, says }: Mutant): string {
  return `${area} ${name}: ${file}: ${says}\n`;
}

function verdictLine({ mutant, end, seconds, failed }: Verdict, count: number, all: number) {
  const head = `${end === "died" ? "✔" : "✘"} ${count}/${all} ${mutant.area} ${mutant.name} (${seconds} s)`;
  if (end === "died") return `${head}\n`;
  const why = {
    elsewhere: `only these failed: ${failed.join("; ")}`,
    survived: `${mutant.test} passed`,
    nothing: `no test was run: ${failed.join("")}`,
  }[end];
  return `${head}\n    ${why}\n    expected to fail: ${mutant.says}\n`;
}
