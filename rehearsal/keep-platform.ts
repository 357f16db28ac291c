import { once } from "node:events";

import { Command } from "commander";

import { columns } from "../operations/context/columns.ts";
import { abortedBy } from "../operations/context/signals.ts";
import { environmentNamed, exitOnUsage, orExplain } from "./command/entry.ts";
import { checkPrerequisites } from "./harness/prerequisites.ts";
import { type Harness, openHarness } from "./harness/rehearsal.ts";
import { seedTags, seededTags } from "./harness/seeded-images.ts";
import { writeShellFile } from "./harness/shell.ts";
import { CannotRehearse } from "./harness/workspace.ts";
import { servePage } from "./page/server.ts";
import { makeAdministrator } from "./platform/administrator.ts";
import { lastLines } from "./platform/last-lines.ts";
import { serveDashboard } from "./platform/dashboard.ts";
import { type PlatformParts, preparePlatform } from "./platform/parts.ts";
import type { Place } from "./platform/people/editor.ts";

// The SDK is pinned, and what it says about its next releases is of no use to whoever runs a platform.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const examples = `
Examples:
  npm run platform                 staging, the smaller one
  npm run platform -- production   with production's own sizes, counts and policies

Exit code: 0 after Ctrl-C, 1 when the deployment failed, 2 when the platform could not begin.`;

await new Command("platform")
  .description(
    "Deploys an environment into a cloud on this machine, and runs it for real: the four services, PostgreSQL, Valkey and ffmpeg.",
  )
  .argument("[environment]", "environment to run", "staging")
  .allowExcessArguments(false)
  .addHelpText("after", examples)
  .exitOverride(exitOnUsage)
  .action((name: string) => orExplain(() => keepPlatform(name)))
  .parseAsync();

async function keepPlatform(name: string): Promise<void> {
  const environment = environmentNamed(name);
  await checkPrerequisites(process.env);
  const interruption = abortedBy(["SIGINT", "SIGTERM"]);
  const parts = await preparePlatform(process.cwd(), { tell, interruption });
  if ("lacking" in parts) throw new CannotRehearse(parts.lacking);
  const harness = await openHarness({
    project: process.cwd(),
    environment,
    providers: "embedded",
    faults: [],
    interruption,
    parts,
  });
  let keep = false;
  try {
    keep = !(await showPlatform(harness, parts, interruption));
  } finally {
    tell(keep ? "ending; the logs stay in .rehearsal/" : "ending");
    await harness.close(keep);
  }
}

/** @returns whether it came to run. */
async function showPlatform(
  harness: Harness,
  parts: PlatformParts,
  interruption: AbortSignal,
): Promise<boolean> {
  const { cloud, context } = harness;
  seedTags(cloud);
  tell(`mam deploy ${cloud.environment.config.name}: about half a minute`);
  const { exitCode, output, log } = await context.mam.run("deploy", "--yes");
  if (interruption.aborted) return true;
  if (exitCode !== 0) {
    process.stderr.write(`${output}\nThe deployment failed; all of it is in ${log}\n`);
    process.exitCode = 1;
    process.stderr.write(lastLines(cloud.digitalOcean.store.apps));
    return false;
  }
  const place = await makeAdministrator(cloud, "editor");
  const dashboard = await serveDashboard(harness, interruption);
  const page = await servePage(cloud, dashboard.url);
  process.stdout.write(
    welcome(harness, parts, place, { page: page.url, dashboard: dashboard.url }),
  );
  await aborted(interruption);
  await Promise.all([page.close(), dashboard.close()]);
  return true;
}

/** Resolves when a signal is aborted, which it may be already. */
async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}

function tell(progress: string): void {
  process.stderr.write(`· ${progress}\n`);
}

/** Addresses of pages about what runs. */
interface Pages {
  readonly page: string;
  readonly dashboard: string;
}

function welcome(
  harness: Harness,
  parts: PlatformParts,
  place: Place,
  { page, dashboard }: Pages,
): string {
  const { name } = harness.cloud.environment.config;
  return [
    "",
    `The platform of ${name} runs on this machine. Open it in a browser:`,
    "",
    `  ${place.app}`,
    "",
    ...columns([
      ["  e-mail", place.email],
      ["  password", place.password],
      ["  how it is", dashboard],
      ["  what stands", page],
    ]),
    "",
    "Upload a film, watch its preview, share it. Then, in another terminal in this directory:",
    "",
    `  . ${writeShellFile(harness)}`,
    `  npx mam status ${name} --watch`,
    `  npx mam release ${name} api=v1.1.0 frontend=v1.1.0 && npx mam deploy ${name} --yes`,
    "",
    "Every repository has these images to release:",
    ...columns(seededTags.map(({ tag, meaning }) => [`  ${tag}`, meaning])),
    "",
    ...parts.databases.notes,
    "Ctrl-C ends all of it, and nothing is left.",
    "",
  ].join("\n");
}
