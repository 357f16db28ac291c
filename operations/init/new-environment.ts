import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import { environments } from "../../environments/index.ts";
import { checkEnvironment } from "../../environments/loading/check.ts";
import { InvalidEnvironments } from "../../environments/loading/load.ts";
import { findingsAcross } from "../../environments/rules/across.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { writeAtomically } from "../context/atomic-write.ts";
import { NotConfigured } from "../context/credentials.ts";

/** Path of the file that describes an environment. */
export const pathOf = (name: string) => `environments/${name}.ts`;

/** Path of the file that names its images. */
export const releaseOf = (name: string) => `environments/${name}.release.json`;

/** Path of the list of environments. */
export const indexPath = "environments/index.ts";

/** Every environment that there is, but for those that cannot be read. */
export function everyEnvironment(): readonly EnvironmentConfig[] {
  return Object.entries(environments).flatMap(
    ([each, input]) => checkEnvironment(each, pathOf(each), input).value ?? [],
  );
}

/** @throws NotConfigured when there is an environment of that name, or a file of one. */
export function refuseExisting(project: string, name: string): void {
  const wanted = [pathOf(name), releaseOf(name)];
  const there = wanted.filter((path) => existsSync(join(project, path)));
  if (Object.hasOwn(environments, name) || there.length > 0)
    throw new NotConfigured(alreadyThere(name, there));
}

/**
 * Asks every rule that a file of its own would be held to, and those beside the others.
 *
 * @throws InvalidEnvironments with what they find.
 */
export function checkNew(
  name: string,
  input: unknown,
  all: readonly EnvironmentConfig[],
): EnvironmentConfig {
  const { value, findings } = checkEnvironment(name, pathOf(name), input);
  const found = value
    ? findingsAcross({ environments: [...all, value], fileOf: pathOf })
    : findings;
  // A name that cannot be makes hosts and prefixes that cannot be either; and no file has it that could be mended.
  const ofName = found
    .filter(({ path }) => path === "name")
    .map((one) => ({ ...one, fix: "type another name, such as demo or qa-eu" }));
  if (!value || found.length > 0) throw new InvalidEnvironments(ofName.length > 0 ? ofName : found);
  return value;
}

/** Writes files, by their paths in the project; all of them, or none. The last one should be what names the others. */
export function writeAll(project: string, files: Readonly<Record<string, string>>): void {
  const written: string[] = [];
  try {
    for (const [path, text] of Object.entries(files)) {
      writeAtomically(join(project, path), text);
      written.push(path);
    }
  } catch (error) {
    for (const path of written) rmSync(join(project, path), { force: true });
    throw error;
  }
}

const alreadyThere = (name: string, there: readonly string[]) =>
  [
    `There is an environment ${name} already${there.length > 0 ? `: ${there.join(", ")}` : ""}.`,
    `  fix: choose another name, or take it away first as docs/environments.md says`,
  ].join("\n");
