import { once } from "node:events";

import { Command } from "commander";

import { abortedBy } from "../operations/terraform/interruption.ts";
import { environmentNamed, exitOnUsage, orExplain } from "./command/entry.ts";
import { type Theatre, openTheatre } from "./stage/rehearsal.ts";
import { childEnvironment } from "./stage/child-environment.ts";
import { checkSurroundings } from "./stage/surroundings.ts";

const examples = `
Examples, in another terminal after pasting the printed lines:
  npx cdktf diff staging-data --skip-provider-lock
  npx cdktf deploy 'staging-*' --auto-approve --skip-provider-lock
  terraform -chdir=cdktf.out/stacks/staging-data console

Exit code: 0 after Ctrl-C, 2 when the cloud could not begin.`;

await new Command("cloud")
  .description("Keeps the rehearsal cloud running, for trying commands by hand against it.")
  .argument("[environment]", "environment whose names, images and secrets it has", "staging")
  .allowExcessArguments(false)
  .addHelpText("after", examples)
  .exitOverride(exitOnUsage)
  .action((name: string) => orExplain(() => keepCloud(name)))
  .parseAsync();

async function keepCloud(name: string): Promise<void> {
  const environment = environmentNamed(name);
  await checkSurroundings(process.env);
  const theatre = await openTheatre({
    project: process.cwd(),
    environment,
    providers: "embedded",
    faults: [],
    interruption: new AbortController().signal,
  });
  process.stdout.write(instructions(theatre));
  await once(abortedBy(["SIGINT", "SIGTERM"]), "abort");
  await theatre.close(false);
  process.stdout.write("\nThe cloud is gone. In the other terminal: unset TF_REATTACH_PROVIDERS\n");
}

/** The lines to paste: everything that a rehearsal's own commands get, but for what a person's shell has already. */
function instructions({ cloud, workspace, providers }: Theatre): string {
  const inherited = new Set(["PATH", "HOME", "TMPDIR", "LANG", "CI", "NO_COLOR", "FORCE_COLOR"]);
  const exports = Object.entries(childEnvironment(cloud, workspace, providers.source, "supplied"))
    .filter(([variable]) => !inherited.has(variable))
    .map(([variable, value]) => `export ${variable}='${value}'`);
  return [
    `A rehearsal cloud for ${cloud.environment.config.name} runs on this machine. Paste into another terminal:`,
    "",
    ...exports,
    "",
    `State of a platform: curl ${cloud.digitalOcean.url}/__state`,
    `What was asked of it: curl ${cloud.digitalOcean.url}/__ledger`,
    "",
    "Ctrl-C ends it. Unset TF_REATTACH_PROVIDERS then: Terraform kills the process it names when nobody answers there.",
    "",
  ].join("\n");
}
