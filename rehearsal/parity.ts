import { Command, Option } from "commander";

import type { Suite } from "./scenarios/index.ts";
import { environmentNamed, exitOnUsage, orExplain } from "./command/entry.ts";
import { selectSuites } from "./command/options.ts";
import { terminalWatcher } from "./command/watcher.ts";
import { inspectionDifferences } from "./harness/differences.ts";
import { type Inspection, inspect } from "./harness/inspection.ts";
import { providersKinds, type ProvidersKind } from "./harness/providers.ts";
import { rehearse } from "./harness/rehearsal.ts";
import type { RehearsalReport } from "./harness/report.ts";
import { checkPrerequisites } from "./harness/prerequisites.ts";
import { CannotRehearse } from "./harness/workspace.ts";

interface Options {
  readonly providers: ProvidersKind;
  readonly acts?: string;
}

const help = `
Plays the scenarios twice: with the providers of this project, and with the programs that Terraform installs. Then compares what
stands on the platforms, what was asked of them and what Terraform's states hold. Wherever the two disagree, the providers
of this project are wrong.

Examples:
  npm run rehearse:parity                                    staging, both programs
  npm run rehearse:parity -- production --acts deploy        the first deployment of production
  npm run rehearse:parity -- --providers registry:aws        where only the AWS program can be installed

Exit code: 0 when both agree, 1 when they do not, 2 when one of them could not be played: where a program cannot be
installed, it says which.`;

// The SDK is pinned, and what it says about its next releases is of no use to whoever compares.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
await new Command("rehearse:parity")
  .description("Compares the embedded providers with the real ones.")
  .argument("[environment]", "environment to rehearse", "staging")
  .addOption(
    new Option("--providers <kind>", "the programs to compare with")
      .choices(providersKinds.filter((kind) => kind !== "embedded"))
      .default("registry"),
  )
  .option("--acts <names>", "scenarios to play, separated by commas; all of them without it")
  .allowExcessArguments(false)
  .addHelpText("after", help)
  .exitOverride(exitOnUsage)
  .action((name: string, options: Options) => orExplain(() => compare(name, options)))
  .parseAsync();

async function compare(name: string, options: Options): Promise<void> {
  const suite = comparedSuite(options.acts);
  await checkPrerequisites(process.env);
  // First the one that may not be playable.
  const real = await play(name, suite, options.providers);
  const embedded = await play(name, suite, "embedded");
  const differences = inspectionDifferences(embedded, real);
  process.stdout.write(differences.map((difference) => `✗ ${difference}\n`).join(""));
  process.stdout.write(`${differences.length} differences\n`);
  process.exitCode = Number(differences.length > 0);
}

/** The customer's own commands: what is compared is the providers, not what starts Terraform. */
function comparedSuite(acts: string | undefined): Suite {
  const suite = selectSuites(acts).find(({ name }) => name === "cdktf");
  if (!suite) throw new CannotRehearse("Parity is compared with the scenarios of cdktf only.");
  return suite;
}

async function play(name: string, suite: Suite, providers: ProvidersKind): Promise<Inspection> {
  const environment = environmentNamed(name);
  process.stdout.write(`${providers} providers\n`);
  let inspection: Inspection | undefined;
  const report = await rehearse(
    {
      project: process.cwd(),
      environment,
      suite: suite.name,
      scenarios: suite.scenarios,
      providers,
      faults: [],
      keep: false,
      interruption: new AbortController().signal,
    },
    {
      ...terminalWatcher(process.stdout.isTTY),
      end: async (cloud) => {
        inspection = await inspect(cloud);
      },
    },
  );
  if (!inspection || !report.held) throw new CannotRehearse(whyNot(providers, report));
  return inspection;
}

function whyNot(providers: ProvidersKind, { acts, findings }: RehearsalReport): string {
  const broken = acts.flatMap(({ statements, error }) => [
    ...statements
      .filter(({ held }) => !held)
      .map(({ statement, objections }) => `${statement} (${objections.join("; ")})`),
    ...(error === undefined ? [] : [error]),
  ]);
  return `The scenarios did not hold with ${providers} providers: ${[...broken, ...findings].join(", ")}.`;
}
