import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { childEnvironment } from "./child-environment.ts";
import type { Harness } from "./rehearsal.ts";

/** What a person's shell has already, and `MAM_ENVIRONMENT`, with which a synthesis would hide other environments. */
const left = new Set([
  "PATH",
  "HOME",
  "TMPDIR",
  "LANG",
  "CI",
  "NO_COLOR",
  "FORCE_COLOR",
  "MAM_ENVIRONMENT",
]);

/** The lines that make a person's shell work on a rehearsal's platforms: what the rehearsal's own commands get. */
export function shellLines({ cloud, workspace, providers }: Harness): string[] {
  return Object.entries(childEnvironment(cloud, workspace, providers.source, "supplied"))
    .filter(([variable]) => !left.has(variable))
    .map(([variable, value]) => `export ${variable}='${value}'`);
}

/** Writes the lines of {@link shellLines} into the workspace, for a person to read in: `. <file>`. */
export function writeShellFile(harness: Harness): string {
  const file = join(harness.workspace.root, "shell");
  writeFileSync(file, `${shellLines(harness).join("\n")}\n`, { mode: 0o600 });
  return file;
}
