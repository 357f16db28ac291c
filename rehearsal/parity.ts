import { Command } from "commander";

import { renderFindings } from "../environments/findings.ts";
import { environments } from "../environments/index.ts";
import { InvalidEnvironments, loadEnvironments } from "../environments/load.ts";
import { acts } from "./acts/index.ts";
import { terminalWatcher } from "./command/watcher.ts";
import { type Inspection, inspect } from "./stage/inspection.ts";
import type { ProvidersKind } from "./stage/providers.ts";
import { rehearse } from "./stage/rehearsal.ts";
import type { RehearsalReport } from "./stage/report.ts";
import { checkSurroundings } from "./stage/surroundings.ts";
import { CannotRehearse } from "./stage/workspace.ts";

const help = `
Plays all acts twice: with the providers of this project, and with the programs that Terraform installs. Then compares what
stands on the platforms and what was asked of them. Wherever the two disagree, the providers of this project are wrong.

Exit code: 0 when both agree, 1 when they do not, 2 when one of them could not be played: where the programs cannot be
installed, it says so.`;

await new Command("rehearse:parity")
  .description("Compares the embedded providers with the real ones.")
  .argument("[environment]", "environment to rehearse", "staging")
  .allowExcessArguments(false)
  .addHelpText("after", help)
  .exitOverride((error) => {
    // commander's own exit code of a usage error is 1.
    process.exit(error.exitCode === 0 ? 0 : 2);
  })
  .action(compare)
  .parseAsync();

async function compare(name: string): Promise<void> {
  try {
    await checkSurroundings(process.env);
    const embedded = await play(name, "embedded");
    const registry = await play(name, "registry");
    const differences = differencesOf(embedded, registry);
    process.stdout.write(differences.map((difference) => `✗ ${difference}\n`).join(""));
    process.stdout.write(`${differences.length} differences\n`);
    process.exitCode = Number(differences.length > 0);
  } catch (error) {
    process.exitCode = 2;
    if (error instanceof InvalidEnvironments) process.stderr.write(renderFindings(error.findings));
    else if (error instanceof CannotRehearse) process.stderr.write(`${error.message}\n`);
    else throw error;
  }
}

async function play(name: string, providers: ProvidersKind): Promise<Inspection> {
  const [environment] = loadEnvironments({
    inputs: environments,
    only: name,
    directory: "environments",
  });
  if (!environment) throw new CannotRehearse(`There is no environment ${name}.`);
  process.stdout.write(`${providers} providers\n`);
  let inspection: Inspection | undefined;
  const report = await rehearse(
    {
      project: process.cwd(),
      environment,
      acts,
      providers,
      faults: [],
      keep: true,
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

function whyNot(providers: ProvidersKind, { acts: played }: RehearsalReport): string {
  const broken = played.flatMap(({ statements }) => statements.filter(({ held }) => !held));
  const hint =
    providers === "registry"
      ? "\nThe programs may not be installable here: Terraform needs the registry, or a mirror named in its configuration."
      : "";
  return `The acts did not hold with ${providers} providers: ${broken.map(({ statement, objections }) => `${statement} (${objections.join("; ")})`).join(", ")}.${hint}`;
}

function differencesOf(embedded: Inspection, registry: Inspection): string[] {
  const calls = new Set([...Object.keys(embedded.asked), ...Object.keys(registry.asked)]);
  return [
    ...Object.keys(registry.standing).flatMap((platform) =>
      lineDifferences(
        platform,
        embedded.standing[platform] ?? "",
        registry.standing[platform] ?? "",
      ),
    ),
    ...[...calls]
      .filter((call) => embedded.asked[call] !== registry.asked[call])
      .map(
        (call) =>
          `${call}: asked ${embedded.asked[call] ?? 0} times, by the real providers ${registry.asked[call] ?? 0} times`,
      ),
  ];
}

/** Lines of two dumps that stand in one of them only. */
function lineDifferences(platform: string, embedded: string, registry: string): string[] {
  const [ours, theirs] = [embedded.split("\n"), registry.split("\n")];
  const missing = (from: readonly string[], of: readonly string[], who: string) => {
    const known = new Set(of);
    return from
      .filter((line) => !known.has(line))
      .map((line) => `${platform}, only with ${who} providers: ${line.trim()}`);
  };
  return [...missing(ours, theirs, "embedded"), ...missing(theirs, ours, "real")];
}
