import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { median } from "./bench/measured.ts";
import { copyProject } from "./bench/project-copy.ts";

/** Pairs of runs: enough for a stable median on a busy machine. */
const pairs = Number(process.argv[2] ?? 9);

/** The smallest project that the same toolchain can write: one resource, no checks. */
const oneResource = `
import { DigitaloceanProvider } from "@cdktf/provider-digitalocean/lib/provider/index.js";
import { Vpc } from "@cdktf/provider-digitalocean/lib/vpc/index.js";
import { App, TerraformStack } from "cdktf";

const app = new App({ stackTraces: false });
const stack = new TerraformStack(app, "one");
new DigitaloceanProvider(stack, "digitalocean", {});
new Vpc(stack, "vpc", { name: "one", region: "nyc1" });
app.synth();
`;

/** A command, by its program and arguments. */
type Command = readonly [string, ...string[]];

/** What each project's own cdktf.json runs: the smallest one has what CDKTF's template has. */
const apps = { smallest: "node --import tsx main.ts", project: "node operations/synth.mjs" };

/** The ways to write the stacks: the command of CDKTF, and the program that it runs. */
const toolchains: Readonly<Record<string, (app: string) => Command>> = {
  "cdktf synth": () => ["node", "node_modules/cdktf-cli/bundle/bin/cdktf", "synth"],
  "npm run synth": (app) => app.split(" ") as [string, ...string[]],
};

/**
 * Compares the synthesis of all environments with that of a one-resource project, run in turns so that both meet the
 * same machine: `npm run bench:synth -- [pairs]`. The ratio is what the project itself costs beyond the toolchain.
 */
const directory = mkdtempSync(join(tmpdir(), "mam-infra-bench-"));
try {
  const [smallest, project] = [join(directory, "one"), join(directory, "all")];
  prepare(smallest, apps.smallest);
  writeFileSync(join(smallest, "main.ts"), oneResource);
  copyProject(project);
  for (const [name, command] of Object.entries(toolchains))
    compare(name, command, smallest, project);
} finally {
  rmSync(directory, { recursive: true });
}

function compare(
  name: string,
  command: (app: string) => Command,
  smallest: string,
  project: string,
): void {
  const times = Array.from(
    { length: pairs + 1 },
    () =>
      [
        milliseconds(command(apps.smallest), smallest),
        milliseconds(command(apps.project), project),
      ] as const,
  );
  // The first run of each fills caches.
  const measured = times.slice(1);
  const [one, all] = [
    median(measured.map(([time]) => time)),
    median(measured.map(([, time]) => time)),
  ];
  process.stdout.write(
    `${name}: one resource ${one.toFixed(0)} ms, all environments ${all.toFixed(0)} ms, ratio ${(all / one).toFixed(2)} (medians of ${pairs})\n`,
  );
}

function prepare(target: string, app: string): void {
  cpSync("package.json", join(target, "package.json"), { recursive: true });
  const settings = JSON.parse(readFileSync("cdktf.json", "utf8")) as object;
  writeFileSync(join(target, "cdktf.json"), JSON.stringify({ ...settings, app }));
  symlinkSync(join(process.cwd(), "node_modules"), join(target, "node_modules"));
}

function milliseconds([program, ...args]: Command, cwd: string): number {
  const env = { ...process.env, CI: "1", CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1" };
  const start = performance.now();
  const { status, stderr } = spawnSync(program, args, { cwd, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`synthesis failed: ${stderr}`);
  return performance.now() - start;
}
