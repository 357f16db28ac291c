import type { Command } from "commander";

import { environments } from "../../environments/index.ts";
import { lockEnvironment } from "../context/environment-lock.ts";
import { placeOf } from "../context/place.ts";
import { awaitSurvivors } from "../context/survivors.ts";
import { abortedBy, interruptingSignals } from "../context/signals.ts";
import {
  exitCodeOf,
  exitCodes,
  failureData,
  failureOf,
  renderFailure,
} from "../context/failure.ts";
import { thisHolder, typedCommand } from "../context/holder.ts";
import type { Outcome } from "../context/outcome.ts";
import { type Output, bearLosses, outputTo, processStreams } from "../context/output.ts";
import type { Progress } from "../context/progress.ts";
import { redactorOf } from "../context/redaction.ts";
import { type Session, openSession } from "../context/session.ts";
import { closeRuns } from "../terraform/remote-runs/open-runs.ts";

/** What every command's options also hold: the arguments behind the environment, where a command takes any. */
export interface Operands {
  readonly operands: readonly string[];
}

/** What a command does; it prints nothing, and returns what it came to. */
type Run<Options> = (
  session: Session,
  options: Options & Operands,
  progress: Progress,
) => Promise<Outcome>;

/**
 * Declares a command about one environment: `mam <name> <environment>`, with `--json`, and the same exit codes as all
 * others: 0 ok, 1 something is not as it should be, 2 usage or configuration, 130 interrupted.
 *
 * @param changes whether it changes the environment or its files, as one command at a time may.
 */
export function environmentCommand<Options>(
  program: Command,
  name: string,
  description: string,
  examples: readonly string[],
  run: Run<Options>,
  changes: (options: Options & Operands) => boolean = () => false,
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
      process.exitCode = await perform(environment, { ...options, operands }, run, changes);
      // No answer is waited for any more.
      if (process.exitCode === exitCodes.interrupted) process.exit();
    });
}

/**
 * Runs a command about an environment, and says what it came to.
 *
 * @returns the exit code.
 */
export async function perform<Options>(
  name: string,
  options: Options & Operands & { readonly json: boolean },
  run: Run<Options>,
  changes: (options: Options & Operands) => boolean,
): Promise<number> {
  const interruption = untilInterrupted();
  const urgency = abortedBy(interruptingSignals, 2);
  const { env: variables } = process;
  const redactor = redactorOf(variables);
  const output = outputTo(processStreams(), redactor);
  const closing: (() => unknown)[] = [];
  try {
    // First, because what is read without it may be changed meanwhile.
    if (changes(options)) closing.push(await takeLock(name, interruption, output));
    const given = { variables, interruption, urgency, redactor, output };
    const session = openSession({ name, project: process.cwd(), ...given });
    closing.push(session.close, () => closeRuns(session));
    const outcome = await run(session, options, output.progress);
    say(outcome, options.json, output);
    if (interruption.aborted) return exitCodes.interrupted;
    return outcome.exitCode ?? (outcome.ok ? exitCodes.ok : exitCodes.failed);
  } catch (error) {
    const failure = failureOf(error, interruption.aborted, name);
    output.tell(renderFailure(failure));
    if (options.json) output.data(failureData(failure));
    return exitCodeOf(failure);
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

function say({ ok, data, text, disclosed }: Outcome, json: boolean, output: Output): void {
  if (json) output.data({ ok, ...data });
  else if (disclosed) output.disclose(text);
  else output.result(text);
}

/** Takes the lock of an environment that there is, and waits for what goes on of a command that was killed. */
async function takeLock(environment: string, interruption: AbortSignal, output: Output) {
  if (!Object.hasOwn(environments, environment)) return () => undefined;
  const place = placeOf(process.cwd(), process.env);
  const tell = (progress: string) => {
    output.tell(`${progress}\n`);
  };
  const holder = thisHolder(typedCommand());
  const giveBack = await lockEnvironment(place, { environment, holder, interruption, tell });
  try {
    await awaitSurvivors(place, { environment, interruption, tell });
    return giveBack;
  } catch (error) {
    giveBack();
    throw error;
  }
}

/** A signal that Ctrl-C, a CI job that is cancelled, or a terminal that is closed gives once. */
function untilInterrupted(): AbortSignal {
  bearLosses(processStreams());
  return abortedBy(interruptingSignals);
}
