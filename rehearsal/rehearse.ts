import { Command, Option } from "commander";

import { renderFindings } from "../environments/findings.ts";
import { environments } from "../environments/index.ts";
import { InvalidEnvironments, loadEnvironments } from "../environments/load.ts";
import { acts } from "./acts/index.ts";
import { selectActs, selectFaults } from "./command/options.ts";
import { summarise } from "./command/summary.ts";
import { terminalWatcher } from "./command/watcher.ts";
import { providersKinds, type ProvidersKind } from "./stage/providers.ts";
import { rehearse } from "./stage/rehearsal.ts";
import { checkSurroundings } from "./stage/surroundings.ts";
import { CannotRehearse, writeWhole } from "./stage/workspace.ts";

interface Options {
  readonly acts?: string;
  readonly providers: ProvidersKind;
  readonly faults?: string;
  readonly json?: string;
  readonly keep: boolean;
}

const examples = `
Acts: ${acts.map(({ name }) => name).join(", ")}

Examples:
  npm run rehearse                                  all acts of staging
  npm run rehearse -- production                    all acts of production
  npm run rehearse -- --acts release                a release, with what has to come before it
  npm run rehearse -- --faults digitalocean:rate-limited:5
  npm run rehearse -- --providers registry          with the provider programs that Terraform installs
  npm run rehearse -- --providers registry:aws      with one program, the other provider in this process
  npm run rehearse -- --json report.json --keep     a report for machines; files stay in .rehearsal/

Exit code: 0 when every statement held, 1 when one did not, 2 when the rehearsal could not begin.`;

const command = new Command("rehearse")
  .description(
    "Deploys an environment with real Terraform into a cloud on this machine. No account is needed, and none is reached.",
  )
  .argument("[environment]", "environment to rehearse", "staging")
  .option("--acts <names>", "acts to play, separated by commas; all of them without it")
  .addOption(
    new Option(
      "--providers <kind>",
      "providers of this project, the programs that Terraform installs, or one of these",
    )
      .choices(providersKinds)
      .default("embedded"),
  )
  .option("--faults <faults>", "what goes wrong, such as digitalocean:rate-limited:3,wasabi:slow")
  .option("--json <file>", "writes the report as JSON")
  .option("--keep", "keeps the files in .rehearsal/", false)
  .addHelpText("after", examples)
  .allowExcessArguments(false)
  .exitOverride((error) => {
    // commander's own exit code of a usage error is 1.
    process.exit(error.exitCode === 0 ? 0 : 2);
  })
  .action(run);

// The SDK is pinned, and what it says about its next releases is of no use to whoever rehearses.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
await command.parseAsync();

async function run(name: string, options: Options): Promise<void> {
  try {
    const selected = { acts: selectActs(options.acts), faults: selectFaults(options.faults) };
    const [environment] = loadEnvironments({
      inputs: environments,
      only: name,
      directory: "environments",
    });
    if (!environment) throw new CannotRehearse(`There is no environment ${name}.`);
    await checkSurroundings(process.env);
    process.stdout.write(
      `Rehearsal of ${name}: everything below happens on this machine. No account is reached.\n\n`,
    );
    const { providers, keep } = options;
    const interruption = untilInterrupted();
    const report = await rehearse(
      { project: process.cwd(), environment, providers, keep, ...selected, interruption },
      terminalWatcher(process.stdout.isTTY),
    );
    if (options.json !== undefined)
      writeWhole(options.json, `${JSON.stringify(report, null, 2)}\n`);
    process.stdout.write(summarise(report));
    process.exitCode = interruption.aborted ? 130 : Number(!report.held);
  } catch (error) {
    process.exitCode = 2;
    if (error instanceof InvalidEnvironments) process.stderr.write(renderFindings(error.findings));
    else if (error instanceof CannotRehearse) process.stderr.write(`${error.message}\n`);
    else throw error;
  }
}

/** A signal that Ctrl-C or a terminated CI job gives. */
function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  // Not `once`: libraries that restore the terminal end the process when no other listener is left.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      controller.abort();
    });
  }
  return controller.signal;
}
