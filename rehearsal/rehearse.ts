import { Command, Option } from "commander";

import { writeAtomically } from "../operations/context/atomic-write.ts";
import { abortedBy } from "../operations/context/signals.ts";
import type { Environment } from "../environments/loading/load.ts";
import { type Suite, suites } from "./scenarios/index.ts";
import { environmentNamed, exitOnUsage, orExplain } from "./command/entry.ts";
import { scenarioNames, selectFaults, selectSuites } from "./command/options.ts";
import { summarise } from "./command/summary.ts";
import { terminalWatcher } from "./command/watcher.ts";
import type { ChangedProject } from "./harness/changed-project.ts";
import { providersKinds, type ProvidersKind } from "./harness/providers.ts";
import { type RehearsalOptions, rehearse } from "./harness/rehearsal.ts";
import type { RehearsalReport } from "./harness/report.ts";
import { type StatesKind, projectElsewhere, statesKinds } from "./harness/state-elsewhere.ts";
import { useTerraform } from "./harness/other-terraform.ts";
import { checkPrerequisites } from "./harness/prerequisites.ts";
import { prepareUpgrade } from "./upgrade/prepare.ts";
import { upgradesFile } from "./upgrade/record.ts";

interface Options {
  readonly acts?: string;
  readonly providers: ProvidersKind;
  readonly state: StatesKind;
  readonly terraform?: string;
  readonly faults?: string;
  readonly json?: string;
  readonly keep: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly record: boolean;
}

const examples = `
Scenarios: ${scenarioNames()}
On demand only: ${onDemandNames()}

Examples:
  npm run rehearse                                  all scenarios of staging
  npm run rehearse -- production                    all scenarios of production
  npm run rehearse -- --acts release                a release, with what has to come before it
  npm run rehearse -- --acts media,mam-media        films from upload to playback, with real programs
  npm run rehearse -- --acts incidents              what goes wrong is seen, told, and over
  npm run rehearse -- --acts administration,access  states, cost, runbook, new environment; psql and console
  npm run rehearse -- --faults digitalocean:rate-limited:5
  npm run rehearse -- --providers registry          with the provider programs that Terraform installs
  npm run rehearse -- --providers registry:aws      with one program, the other provider in this process
  npm run rehearse -- --state hcp                   the same acts with the states in HCP Terraform
  npm run rehearse -- --state hcp-remote --acts mam-release
                                                    HCP Terraform runs Terraform, too
  npm run rehearse -- --terraform /opt/tofu/tofu    with another program
  npm run rehearse -- --from terraform=1.11.4 --to terraform=/opt/tofu/tofu
                                                    deployed with one, planned with the other, and back
  npm run rehearse -- --from bindings=13.13.0 --to terraform=1.11.4
                                                    the same with other bindings
  npm run rehearse -- --json report.json --keep     a report for machines; files stay in .rehearsal/

Exit code: 0 when every statement held, 1 when one did not, 2 when the rehearsal could not begin.`;

const command = new Command("rehearse")
  .description(
    "Deploys an environment with real Terraform into a cloud on this machine. No account is needed, and none is reached.",
  )
  .argument("[environment]", "environment to rehearse", "staging")
  .option("--acts <names>", "scenarios to play, separated by commas; all of them without it")
  .addOption(
    new Option(
      "--providers <kind>",
      "providers of this project, the programs that Terraform installs, or one of these",
    )
      .choices(providersKinds)
      .default("embedded"),
  )
  .addOption(
    new Option(
      "--state <place>",
      "where the states lie: as the environment's file says, or in HCP; remote: it runs Terraform",
    )
      .choices(statesKinds)
      .default("configured"),
  )
  .option("--terraform <program>", "another Terraform than that of PATH, or OpenTofu")
  .option(
    "--from <pins>",
    "what an upgrade begins with: terraform=<version or file>,bindings=<version>",
  )
  .option("--to <pins>", "what it goes to: what is deployed with --from has an empty plan with it")
  .option("--record", `keeps what an upgrade came to in ${upgradesFile}`, false)
  .option("--faults <faults>", "what goes wrong, such as digitalocean:rate-limited:3,wasabi:slow")
  .option("--json <file>", "writes the report as JSON")
  .option("--keep", "keeps the files in .rehearsal/", false)
  .addHelpText("after", examples)
  .allowExcessArguments(false)
  .exitOverride(exitOnUsage)
  .action((name: string, options: Options) => orExplain(() => run(name, options)));

// The SDK is pinned, and what it says about its next releases is of no use to whoever rehearses.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
await command.parseAsync();

async function run(name: string, options: Options): Promise<void> {
  const [selected, faults] = [selectSuites(options.acts), selectFaults(options.faults)];
  const configured = environmentNamed(name);
  const upgrade = await prepareUpgrade(name, options);
  const forget = useTerraform(options.terraform);
  const elsewhere = upgrade?.project ?? projectElsewhere(options.state, configured.config.name);
  try {
    await checkPrerequisites(process.env);
    process.stdout.write(
      `Rehearsal of ${name}: everything below happens on this machine. No account is reached.\n\n`,
    );
    const interruption = abortedBy(["SIGINT", "SIGTERM"]);
    const { providers, keep, json } = options;
    const played = { ...placeOf(configured, elsewhere), providers, keep, faults, interruption };
    const reports = await playSuites(upgrade?.suites ?? selected, played);
    if (options.record) upgrade?.record(new Date());
    if (json !== undefined) writeAtomically(json, `${JSON.stringify(reports, null, 2)}\n`);
    process.exitCode = interruption.aborted ? 130 : Number(reports.some(({ held }) => !held));
  } finally {
    elsewhere?.remove();
    forget();
  }
}

/** Where an environment is played: in this checkout, or in a project that keeps its states elsewhere. */
function placeOf(configured: Environment, elsewhere: ChangedProject | undefined) {
  if (!elsewhere) return { environment: configured, project: process.cwd() };
  const { environment, input, directory } = elsewhere;
  return { environment, input, project: directory, mamOf: directory, directory: process.cwd() };
}

/** Plays suites one after another, until one does not hold. */
async function playSuites(
  selected: readonly Suite[],
  played: Omit<RehearsalOptions, "suite" | "scenarios">,
): Promise<readonly RehearsalReport[]> {
  const reports: RehearsalReport[] = [];
  for (const { name, title, scenarios } of selected) {
    process.stdout.write(`${reports.length > 0 ? "\n" : ""}${title}\n\n`);
    const report = await rehearse(
      { ...played, suite: name, scenarios },
      terminalWatcher(process.stdout.isTTY),
    );
    reports.push(report);
    process.stdout.write(summarise(report));
    if (!report.held) break;
  }
  return reports;
}

function onDemandNames(): string {
  const scenarios = suites.flatMap((suite) => suite.scenarios);
  const onDemand = scenarios.filter((scenario) => scenario.onDemand);
  return onDemand.map(({ name }) => name).join(", ");
}
