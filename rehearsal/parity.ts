import { Command, Option } from "commander";

import { writeAtomically } from "../operations/context/atomic-write.ts";
import { environmentNamed, exitOnUsage, orExplain } from "./command/entry.ts";
import { selectSuites } from "./command/options.ts";
import { checkPrerequisites } from "./harness/prerequisites.ts";
import { providersKinds, type ProvidersKind } from "./harness/providers.ts";
import { compareProviders } from "./parity/compare.ts";
import { readRecord, recordFile, recordText, withComparison } from "./parity/record.ts";

interface Options {
  readonly providers: ProvidersKind;
  readonly acts?: string;
  readonly record: boolean;
}

const help = `
Plays the scenarios twice: with the providers of this project, and with the programs that Terraform installs. Then compares what
stands on the platforms, what was asked of them and what Terraform's states hold. Wherever the two disagree and no reason is
written down (rehearsal/parity/explained.ts), the providers of this project are wrong.

Examples:
  npm run rehearse:parity                                    staging, every act of both suites
  npm run rehearse:parity -- production --acts deploy        the first deployment of production
  npm run rehearse:parity -- production --record             and keeps what came out for docs/parity.md
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
  .option("--record", `keeps what came out in ${recordFile}`, false)
  .allowExcessArguments(false)
  .addHelpText("after", help)
  .exitOverride(exitOnUsage)
  .action((name: string, options: Options) => orExplain(() => compare(name, options)))
  .parseAsync();

async function compare(name: string, { acts, providers, record }: Options): Promise<void> {
  const suites = selectSuites(acts);
  await checkPrerequisites(process.env);
  let unexplained = 0;
  for (const suite of suites) {
    const comparison = await compareProviders({
      environment: environmentNamed(name),
      suite,
      providers,
    });
    const { differences, values, changes } = comparison;
    for (const { what, why } of differences)
      process.stdout.write(why === undefined ? `✗ ${what}\n` : `· ${what}\n    ${why}\n`);
    const wrong = differences.filter(({ why }) => why === undefined).length;
    process.stdout.write(
      `${suite.name}: ${values} values and ${changes} changes compared, ${differences.length} differences, ${wrong} without a reason\n\n`,
    );
    unexplained += wrong;
    if (record) writeAtomically(recordFile, recordText(withComparison(readRecord(), comparison)));
  }
  process.exitCode = Number(unexplained > 0);
}
