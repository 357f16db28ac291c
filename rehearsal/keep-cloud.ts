import { once } from "node:events";

import { Command } from "commander";

import { environments } from "../environments/index.ts";
import type { Environment } from "../environments/loading/load.ts";
import { columns } from "../operations/context/columns.ts";
import { abortedBy } from "../operations/context/signals.ts";
import { environmentNamed, exitOnUsage, orExplain } from "./command/entry.ts";
import { servePage } from "./page/server.ts";
import { type Harness, openHarness } from "./harness/rehearsal.ts";
import { releasedTag, seedTags, seededTags } from "./harness/seeded-images.ts";
import { checkPrerequisites } from "./harness/prerequisites.ts";
import { shellLines } from "./harness/shell.ts";
import { CannotRehearse } from "./harness/workspace.ts";

const examples = `
Examples, in another terminal after pasting the printed lines:
  npx mam deploy staging
  npx mam release staging api=v1.1.0 && npx mam deploy staging
  npx cdktf diff staging-data --skip-provider-lock
  npx cdktf deploy 'production-*' --auto-approve --skip-provider-lock
  terraform -chdir=cdktf.out/stacks/staging-data console

Exit code: 0 after Ctrl-C, 2 when the cloud could not begin.`;

await new Command("cloud")
  .description("Keeps the rehearsal cloud running, for trying commands by hand against it.")
  .argument("[environments...]", "environments that can be deployed there; all without one")
  .allowExcessArguments(false)
  .addHelpText("after", examples)
  .exitOverride(exitOnUsage)
  .action((names: readonly string[]) => orExplain(() => keepCloud(names)))
  .parseAsync();

async function keepCloud(names: readonly string[]): Promise<void> {
  const [environment, ...beside] = (names.length > 0 ? names : Object.keys(environments)).map(
    environmentNamed,
  );
  if (!environment) throw new Error("the project has no environment");
  refuseRegions([environment, ...beside]);
  await checkPrerequisites(process.env);
  const harness = await openHarness({
    project: process.cwd(),
    environment,
    beside,
    providers: "embedded",
    faults: [],
    interruption: new AbortController().signal,
  });
  seedTags(harness.cloud);
  const page = await servePage(harness.cloud);
  // Before anything is said: Ctrl-C may follow the last word at once.
  const ended = once(abortedBy(["SIGINT", "SIGTERM"]), "abort");
  process.stdout.write(instructions(harness, page.url));
  await ended;
  await page.close();
  await harness.close(false);
  process.stdout.write("\nThe cloud is gone. In the other terminal: unset TF_REATTACH_PROVIDERS\n");
}

/**
 * The cloud has one Wasabi and one Spaces, each in one region.
 *
 * @throws CannotRehearse for environments of several.
 */
function refuseRegions(all: readonly Environment[]): void {
  const regions = [...new Set(all.map(({ config }) => config.network.region))];
  if (regions.length < 2) return;
  const lines = regions.map((region) => {
    const together = all.filter(({ config }) => config.network.region === region);
    return `  npm run cloud -- ${together.map(({ config }) => config.name).join(" ")}`;
  });
  throw new CannotRehearse(
    `The environments are in several regions, and a cloud has one. Choose those of one:\n${lines.join("\n")}`,
  );
}

/** What to paste, where to look, and what can be released. */
function instructions(harness: Harness, page: string): string {
  const { cloud } = harness;
  const names = cloud.environments.map(({ config }) => config.name).join(" and ");
  return [
    `A rehearsal cloud for ${names} runs on this machine. Paste into another terminal:`,
    "",
    ...shellLines(harness),
    "",
    `What stands, to look at: ${page}`,
    `The same for machines: curl ${cloud.digitalOcean.url}/__state`,
    `What was asked: curl ${cloud.digitalOcean.url}/__ledger`,
    "",
    `Images to release: the release files' are tagged ${releasedTag}; every repository has besides`,
    ...columns(
      seededTags.map(({ tag, meaning }) => [`  ${tag}`, meaning]),
      [{ least: 22 }],
      1,
    ),
    "",
    "Ctrl-C ends it. Unset TF_REATTACH_PROVIDERS then: Terraform kills the process it names when nobody answers there.",
    "",
  ].join("\n");
}
