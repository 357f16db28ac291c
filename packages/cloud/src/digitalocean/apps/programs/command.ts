import type { Program } from "../../registry/model.ts";

/** What a container starts: its component's own command by a shell, or its image's. */
export function commandOf(program: Program, runCommand: string | undefined): readonly string[] {
  return runCommand === undefined || runCommand === ""
    ? program.command
    : ["/bin/sh", "-c", runCommand];
}
