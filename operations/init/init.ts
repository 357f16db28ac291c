import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Session } from "../context/session.ts";
import { environmentFileFrom, indexWith } from "./files.ts";
import { nextSteps } from "./next-steps.ts";
import { ownFieldsOf, withoutOwnFields } from "./own-fields.ts";
import {
  checkNew,
  everyEnvironment,
  indexPath,
  pathOf,
  refuseExisting,
  releaseOf,
  writeAll,
} from "./new-environment.ts";
import { type NewValue, newValues, withValues } from "./values.ts";

/**
 * Writes the files of a new environment, made from the one of the session: its description, its line in the list, and the
 * images of the other one. What stands under the other one's name alone is left out. Nothing is asked of a platform, and nothing is written unless every rule holds for it.
 *
 * @throws InvalidEnvironments, or NotConfigured when it is there already or cannot be made by itself.
 */
export function initialise(session: Session, name: string): Promise<Outcome> {
  const { config } = session.environment;
  refuseExisting(session.project, name);
  const all = everyEnvironment();
  const values = newValues(name, config, all);
  checkNew(name, withValues(withoutOwnFields(config), values), all);
  const left = ownFieldsOf(config);
  const read = (path: string) => readFileSync(join(session.project, path), "utf8");
  const source = { text: read(pathOf(config.name)), file: pathOf(config.name), name: config.name };
  const files = {
    [pathOf(name)]: environmentFileFrom(source, name, { values, left }),
    [releaseOf(name)]: read(releaseOf(config.name)),
    // Last: until it is there, nobody knows of the others.
    [indexPath]: indexWith({ text: read(indexPath), file: indexPath }, name),
  };
  writeAll(session.project, files);
  return Promise.resolve(outcomeOf(name, config, Object.keys(files), { values, left }));
}

function outcomeOf(
  name: string,
  source: EnvironmentConfig,
  files: readonly string[],
  { values, left }: { readonly values: readonly NewValue[]; readonly left: readonly string[] },
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
    ...(left.length > 0
      ? [`Left out, because ${source.name} alone has it: ${left.join(", ")}`, ""]
      : []),
    "What is left to do:",
    ...steps.map(({ what, command }, index) =>
      [`  ${index + 1}. ${what}`, ...(command === undefined ? [] : [`     ${command}`])].join("\n"),
    ),
  ];
  return {
    ok: true,
    data: { environment: name, from: source.name, files, values: chosen, left, next: steps },
    text: `${lines.join("\n")}\n`,
  };
}
