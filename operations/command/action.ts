import type { Command } from "commander";

import { renderFindings } from "../../environments/findings.ts";
import { InvalidEnvironments } from "../../environments/load.ts";
import { abortedBy, interruptingSignals } from "../terraform/interruption.ts";
import { NotConfigured } from "./credentials.ts";
import type { Outcome } from "./outcome.ts";
import { type Progress, progressOn } from "./progress.ts";
import { type Session, openSession } from "./session.ts";

/** Exit codes of every command, beside those that a command documents itself. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** What every command's options also hold: the arguments behind the environment, where a command takes any. */
export interface Operands {
  readonly operands: readonly string[];
}

/**
 * Declares a command about one environment: `mam <name> <environment>`, with `--json`, and the same exit codes as all
 * others: 0 ok, 1 something is not as it should be, 2 usage or configuration, 130 interrupted.
 *
 * @param run the command itself; it prints nothing, and returns what it came to.
 */
export function environmentCommand<Options>(
  program: Command,
  name: string,
  description: string,
  examples: readonly string[],
  run: (session: Session, options: Options & Operands, progress: Progress) => Promise<Outcome>,
): Command {
  return program
    .command(name)
    .description(description)
    .argument("<environment>", "environment, such as production")
    .option("--json", "prints the result as JSON", false)
    .allowExcessArguments(false)
    .addHelpText("after", `\nExamples:\n${examples.map((example) => `  ${example}`).join("\n")}`)
    .action(async function (this: Command, environment: string) {
      const options = this.opts<Options & { readonly json: boolean }>();
      const operands = this.args.slice(1);
      process.exitCode = await perform(environment, { ...options, operands }, run);
    });
}

async function perform<Options>(
  name: string,
  options: Options & Operands & { readonly json: boolean },
  run: (session: Session, options: Options & Operands, progress: Progress) => Promise<Outcome>,
): Promise<number> {
  const interruption = untilInterrupted();
  let session: Session | undefined;
  try {
    session = openSession({ name, project: process.cwd(), variables: process.env, interruption });
    const outcome = await run(session, options, progressOn(process.stderr));
    process.stdout.write(
      options.json ? `${JSON.stringify(outcome.data, null, 2)}\n` : outcome.text,
    );
    if (interruption.aborted) return exitCodes.interrupted;
    return outcome.exitCode ?? (outcome.ok ? exitCodes.ok : exitCodes.failed);
  } catch (error) {
    process.stderr.write(explain(error));
    if (interruption.aborted) return exitCodes.interrupted;
    return isConfiguration(error) ? exitCodes.usage : exitCodes.failed;
  } finally {
    await session?.close();
  }
}

function isConfiguration(error: unknown): boolean {
  return error instanceof InvalidEnvironments || error instanceof NotConfigured;
}

/** The message of an error, without its stack: whoever types a command did not write it. */
function explain(error: unknown): string {
  if (error instanceof InvalidEnvironments) return renderFindings(error.findings);
  return `${error instanceof Error ? error.message : String(error)}\n`;
}

/** A signal that Ctrl-C, a CI job that is cancelled, or a terminal that is closed gives once. */
function untilInterrupted(): AbortSignal {
  // A closed terminal takes no more text, which must not end the wait for a Terraform that is finishing.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return abortedBy(interruptingSignals);
}
