import type { Command } from "commander";

/** Lets a command pass rules of the gate. The texts are parsed when the command runs, whose errors are explained. */
export function overridable(command: Command): Command {
  return command.option(
    "--override <rule=reason>",
    "lets a rule of the gate pass, with a reason that is recorded; may be given again",
    (text: string, before: readonly string[]) => [...before, text],
    [],
  );
}
