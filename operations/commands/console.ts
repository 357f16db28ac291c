import type { Command } from "commander";

import { consoleSession } from "../access/console.ts";
import { askedOf, defaultMinutes } from "../access/record.ts";
import { NotConfigured } from "../context/credentials.ts";
import { environmentCommand } from "./action.ts";

interface ConsoleOptions {
  readonly json: boolean;
  readonly minutes: string;
  readonly reason?: string;
  readonly instance?: string;
}

/** `mam console`: a shell in a running instance, for a while. */
export function declareConsole(program: Command): void {
  environmentCommand<ConsoleOptions>(
    program,
    "console",
    "opens a shell in a running instance: for a while, recorded",
    [
      'mam console production api --reason "ticket 4711: first account"',
      'mam console production worker --instance worker-6f8b-xk2p --reason "ticket 4712: job that hangs"',
    ],
    async (session, options) => {
      const [component = ""] = options.operands;
      if (options.json)
        throw new NotConfigured("--json: a shell has no result for it\n  fix: leave --json out");
      return consoleSession(session, {
        ...askedOf(options),
        component,
        instance: options.instance,
      });
    },
  )
    .argument("<component>", "component of the app, such as api")
    .option("--reason <words>", "why; recorded in the environment's history")
    .option("--instance <name>", "one of several instances; the platform chooses without it")
    .option("--minutes <n>", "ends the session after so long", String(defaultMinutes));
}
