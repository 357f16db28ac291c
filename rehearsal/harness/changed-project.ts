import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { environments } from "../../environments/index.ts";
import { type Environment, loadEnvironments } from "../../environments/loading/load.ts";
import type { EnvironmentInput } from "../../environments/schema/environment.ts";
import { sources } from "../../operations/build.mjs";

/** A project that an environment is played from. */
export interface PlayedProject {
  /** Its directory: `mam` there is built from its files, as for anybody who edits them. */
  readonly directory: string;
  /** What the environment's file says there; undefined for one that has none yet. */
  readonly input: EnvironmentInput | undefined;
}

/** A project in which one environment says something else. */
export interface ChangedProject extends PlayedProject {
  readonly input: EnvironmentInput;
  readonly environment: Environment;
  /** Removes it. */
  remove(): void;
}

/** This checkout, as it stands. */
export const checkout = (name: string): PlayedProject => ({
  directory: process.cwd(),
  input: environments[name],
});

/** What `mam` and `cdktf` need beside the sources: what decides how the one is built, and what the other runs. */
const files = ["package.json", "package-lock.json", "cdktf.json", "main.ts", "tsconfig.json"];

/**
 * Copies what `mam` is built from, and lets an environment say something else there, for a scenario whose point would take
 * hours with the environment's own numbers.
 *
 * @param project what is copied: the checkout, or one that was changed already.
 * @param name of the environment, which is also its file's.
 */
export function changedProject(
  { directory: project, input }: PlayedProject,
  name: string,
  change: (input: EnvironmentInput) => EnvironmentInput,
): ChangedProject {
  if (!input) throw new Error(`there is no environment ${name}`);
  const changed = change(input);
  const directory = mkdtempSync(join(tmpdir(), "mam-project-"));
  for (const part of [...sources, ...files]) copy(project, directory, part);
  // Into which the runbook is written.
  mkdirSync(join(directory, "docs"));
  symlinkSync(realpathSync(join(project, "node_modules")), join(directory, "node_modules"));
  writeInput(directory, name, changed);
  const [environment] = loadEnvironments({
    inputs: { ...environments, [name]: changed },
    only: name,
    directory: join(directory, "environments"),
  });
  if (!environment) throw new Error(`there is no environment ${name}`);
  return {
    directory,
    input: changed,
    environment,
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function copy(from: string, to: string, part: string): void {
  mkdirSync(dirname(join(to, part)), { recursive: true });
  cpSync(join(from, part), join(to, part), { recursive: true });
}

/** Writes what an environment says into its file in a project, with names as people write them: without quotes. */
export function writeInput(directory: string, name: string, input: EnvironmentInput): void {
  const object = JSON.stringify(input, null, 2).replaceAll(/^( +)"([A-Za-z]\w*)":/gm, "$1$2:");
  const text = [
    'import type { EnvironmentInput } from "./schema/environment.ts";',
    "",
    `export const ${name}: EnvironmentInput = ${object};`,
    "",
  ].join("\n");
  writeFileSync(join(directory, "environments", `${name}.ts`), text);
}
