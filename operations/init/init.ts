import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { environments } from "../../environments/index.ts";
import { checkEnvironment } from "../../environments/loading/check.ts";
import { InvalidEnvironments } from "../../environments/loading/load.ts";
import { sharedValueFindings } from "../../environments/rules/across.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { writeAtomically } from "../context/atomic-write.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Session } from "../context/session.ts";
import { environmentFileFrom, indexWith } from "./files.ts";
import { nextSteps } from "./next-steps.ts";
import { type NewValue, newValues } from "./values.ts";

const pathOf = (name: string) => `environments/${name}.ts`;
const releaseOf = (name: string) => `environments/${name}.release.json`;
const indexPath = "environments/index.ts";

/**
 * Writes the files of a new environment, made from the one of the session: its description, its line in the list, and the
 * images of the other one. Nothing is asked of a platform, and nothing is written unless every rule holds for it.
 *
 * @throws InvalidEnvironments, or NotConfigured when it is there already or cannot be made by itself.
 */
export function initialise(session: Session, name: string): Promise<Outcome> {
  const { config } = session.environment;
  const wanted = [pathOf(name), releaseOf(name)];
  const there = wanted.filter((path) => existsSync(join(session.project, path)));
  if (Object.hasOwn(environments, name) || there.length > 0)
    throw new NotConfigured(alreadyThere(name, there));
  const all = Object.entries(environments).flatMap(
    ([each, input]) => checkEnvironment(each, pathOf(each), input).value ?? [],
  );
  const values = newValues(name, config, all);
  checkNew(name, withValues(config, values), all);
  const read = (path: string) => readFileSync(join(session.project, path), "utf8");
  const source = { text: read(pathOf(config.name)), file: pathOf(config.name), name: config.name };
  const files = {
    [pathOf(name)]: environmentFileFrom(source, name, values),
    [releaseOf(name)]: read(releaseOf(config.name)),
    // Last: until it is there, nobody knows of the others.
    [indexPath]: indexWith({ text: read(indexPath), file: indexPath }, name),
  };
  writeAll(session.project, files);
  return Promise.resolve(outcomeOf(name, config, Object.keys(files), values));
}

/** Every rule that a file of its own would be held to, and those beside the others. */
function checkNew(name: string, input: unknown, all: readonly EnvironmentConfig[]): void {
  const { value, findings } = checkEnvironment(name, pathOf(name), input);
  const found = value ? sharedValueFindings([...all, value], pathOf) : findings;
  // A name that cannot be makes hosts and prefixes that cannot be either.
  const ofName = found.filter(({ path }) => path === "name");
  if (found.length > 0) throw new InvalidEnvironments(ofName.length > 0 ? ofName : found);
}

function withValues(config: EnvironmentConfig, values: readonly NewValue[]): unknown {
  const copy = structuredClone(config) as unknown as Record<string, unknown>;
  for (const { path, to } of values) {
    const keys = path.split(".");
    const last = keys.pop() ?? path;
    const group = keys.reduce((now, key) => now[key] as Record<string, unknown>, copy);
    group[last] = to;
  }
  return copy;
}

function writeAll(project: string, files: Readonly<Record<string, string>>): void {
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

function outcomeOf(
  name: string,
  source: EnvironmentConfig,
  files: readonly string[],
  values: readonly NewValue[],
): Outcome {
  const chosen = values.map(({ path, to }) => ({ path, value: to }));
  const steps = nextSteps(name, source);
  const width = Math.max(...chosen.map(({ path }) => path.length));
  const lines = [
    `Written: ${files.join(", ")}`,
    "",
    `Everything is as in ${source.name}, but for:`,
    ...chosen.map(({ path, value }) => `  ${path.padEnd(width)}  ${value}`),
    "",
    "What is left to do:",
    ...steps.map(({ what, command }, index) =>
      [`  ${index + 1}. ${what}`, ...(command === undefined ? [] : [`     ${command}`])].join("\n"),
    ),
  ];
  return {
    ok: true,
    data: { environment: name, from: source.name, files, values: chosen, next: steps },
    text: `${lines.join("\n")}\n`,
  };
}
