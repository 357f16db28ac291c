import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";
import { z } from "zod";

import { type ChangedProject, changedProject, checkout } from "../harness/changed-project.ts";
import { CannotRehearse } from "../harness/workspace.ts";

const scope = "@cdktf";
const name = "provider-digitalocean";

/** A project whose bindings can be exchanged. */
export interface BoundProject extends ChangedProject {
  /** Takes the bindings of a version, or those of this checkout. What was built with others is built anew. */
  use(version: string | undefined): void;
}

/**
 * Copies the project, and makes versions of the bindings ready for it.
 *
 * @throws CannotRehearse when one cannot be installed.
 */
export async function projectWithBindings(
  environment: string,
  versions: readonly string[],
): Promise<BoundProject> {
  const shelf = mkdtempSync(join(tmpdir(), "mam-bindings-"));
  const project = changedProject(checkout(environment), environment, (input) => input);
  const remove = () => {
    project.remove();
    rmSync(shelf, { recursive: true, force: true });
  };
  try {
    for (const version of versions) await install(join(shelf, version), version);
  } catch (error) {
    remove();
    throw error;
  }
  const installed = linkPackages(project.directory);
  const pinned = readFileSync(join(project.directory, "package.json"), "utf8");
  const use: BoundProject["use"] = (version) => {
    const [packages, place] = [join(project.directory, "node_modules"), join(scope, name)];
    for (const old of [join(packages, place), join(project.directory, ".cache")]) {
      rmSync(old, { recursive: true, force: true });
    }
    writeFileSync(join(project.directory, "package.json"), pinnedTo(version, pinned));
    if (version === undefined) symlinkSync(join(installed, place), join(packages, place));
    // A link would be looked up from where it leads to, where no CDKTF is.
    else cpSync(join(shelf, version, "node_modules", place), join(packages, place), asIs);
  };
  return { ...project, remove, use };
}

const asIs = { recursive: true };

/** The version of the bindings that this checkout pins. */
export function ownBindings(): string {
  const { dependencies } = packageFile.parse(JSON.parse(readFileSync("package.json", "utf8")));
  return dependencies[`${scope}/${name}`] ?? "unknown";
}

const packageFile = z.looseObject({ dependencies: z.record(z.string(), z.string()) });

/** A package.json that pins the bindings to a version, as whoever changes them writes it: `mam` refuses others than are pinned. */
function pinnedTo(version: string | undefined, text: string): string {
  if (version === undefined) return text;
  const pin = new RegExp(`("${scope}/${name}": ")[^"]+(")`);
  return text.replace(pin, `$1${version}$2`);
}

async function install(directory: string, version: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps"];
  const wanted = `${scope}/${name}@${version}`;
  const { exitCode, stderr } = await execa(
    "npm",
    ["install", "--prefix", directory, "--save-exact", ...quiet, wanted],
    { reject: false },
  );
  if (exitCode !== 0)
    throw new CannotRehearse(
      `${wanted} cannot be installed: ${stderr.split("\n")[0] ?? ""}\n  fix: npm view ${scope}/${name} versions`,
    );
}

/** Makes the installed packages those of a copy, one link each, without the bindings. @returns where they are installed. */
function linkPackages(directory: string): string {
  const packages = join(directory, "node_modules");
  const installed = realpathSync(packages);
  rmSync(packages);
  mkdirSync(join(packages, scope), { recursive: true });
  const link = (one: string) => {
    symlinkSync(join(installed, one), join(packages, one));
  };
  readdirSync(installed)
    .filter((one) => one !== scope)
    .forEach(link);
  readdirSync(join(installed, scope))
    .filter((one) => one !== name)
    .map((one) => join(scope, one))
    .forEach(link);
  return installed;
}
