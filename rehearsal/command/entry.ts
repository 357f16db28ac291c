import type { CommanderError } from "commander";

import { renderFileFindings } from "../../environments/rules/findings.ts";
import { environments } from "../../environments/index.ts";
import {
  type Environment,
  InvalidEnvironments,
  loadEnvironments,
} from "../../environments/loading/load.ts";
import { CannotRehearse } from "../harness/workspace.ts";

/** Ends the process on a usage error with 2: commander's own exit code of one is 1. */
export function exitOnUsage({ exitCode }: CommanderError): never {
  process.exit(exitCode === 0 ? 0 : 2);
}

/**
 * The environment of a name, with the project's own release.
 *
 * @throws InvalidEnvironments when there is none, or when its files have findings.
 */
export function environmentNamed(name: string): Environment {
  const [environment] = loadEnvironments({
    inputs: environments,
    only: name,
    directory: "environments",
  });
  if (!environment) throw new CannotRehearse(`There is no environment ${name}.`);
  return environment;
}

/** Does what a command of the rehearsal is for. What keeps it from beginning is explained, with exit code 2. */
export async function orExplain(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    process.exitCode = 2;
    if (error instanceof InvalidEnvironments)
      process.stderr.write(renderFileFindings(error.findings));
    else if (error instanceof CannotRehearse) process.stderr.write(`${error.message}\n`);
    else throw error;
  }
}
