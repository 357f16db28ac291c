import type { Command } from "commander";

import { exitCodes } from "../context/failure.ts";
import { secretsAmong } from "../context/redaction.ts";
import { type Session, openSession } from "../context/session.ts";
import type { Variables } from "../context/variables.ts";
import { promoteRelease } from "../promote/promote.ts";
import { perform } from "./action.ts";

interface PromoteOptions {
  readonly json: boolean;
  readonly dryRun: boolean;
}

/** What a variable begins with that is only for the environment that a release comes from. */
const prefix = "FROM_";

const examples = [
  "mam promote staging production",
  "mam promote staging production --dry-run",
  "mam promote staging production 20261124-013427-9f3a   # only if it still is the newest",
  "FROM_AWS_ACCESS_KEY_ID=… FROM_AWS_SECRET_ACCESS_KEY=… mam promote staging production --json",
];

/** `mam promote`: takes what verify accepted in one environment into the release file of another. */
export function declarePromote(program: Command): void {
  program
    .command("promote")
    .description(
      "writes the images that verify accepted in one environment into another's release file; nothing is deployed",
    )
    .argument("<from>", "environment that the release was tried in, such as staging")
    .argument("<to>", "environment that it goes to, such as production")
    .argument("[release]", "release of the history; the newest one without it")
    .option("--dry-run", "looks at everything, and writes nothing", false)
    .option("--json", "prints the result as JSON", false)
    .allowExcessArguments(false)
    .addHelpText("after", `\nExamples:\n${examples.map((example) => `  ${example}`).join("\n")}`)
    .action(async function (this: Command, from: string, to: string, release: string | undefined) {
      const options = { ...this.opts<PromoteOptions>(), operands: [] };
      process.exitCode = await perform(
        to,
        options,
        async (session, { dryRun }, progress) => {
          const source = openSource(session, from);
          try {
            return await promoteRelease(source, session, { release, dryRun }, progress);
          } finally {
            await source.close();
          }
        },
        ({ dryRun }) => !dryRun,
      );
      // No answer is waited for any more.
      if (process.exitCode === exitCodes.interrupted) process.exit();
    });
}

/** A session of the environment that a release comes from, with credentials of its own where there are any. */
function openSource(session: Session, name: string): Session {
  const variables = ofSource(session.variables);
  session.redactor.learn(secretsAmong(variables));
  const { project, interruption, urgency, redactor, output } = session;
  return openSession({ name, project, variables, interruption, urgency, redactor, output });
}

/** Variables with those that begin with the prefix in place of the ones without it. */
function ofSource(variables: Variables): Variables {
  const own = Object.entries(variables)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value] as const);
  return { ...variables, ...Object.fromEntries(own) };
}
