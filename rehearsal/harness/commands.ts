import { writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

/** What became of a command. */
export interface CommandResult {
  /** 128 and the number of the signal for a process that a signal ended, as a shell says it. */
  readonly exitCode: number;
  /** Standard output and error, in the order in which they came. */
  readonly output: string;
  readonly stdout: string;
  /** Where the output was kept. */
  readonly log: string;
}

/**
 * Something that happens to a command on the way.
 *
 * @param kill sends it a signal.
 * @param ended is given when it has ended by itself.
 */
export type Strike = (kill: (signal: NodeJS.Signals) => void, ended: AbortSignal) => Promise<void>;

/** What speaks against a command having succeeded: its exit code, and where to read on. */
export function succeeded({ exitCode, log }: CommandResult): string[] {
  return exitCode === 0 ? [] : [`exit code ${exitCode}, see ${log}`];
}

/** Runs commands one after another, each with a log of its own. */
export class Commands {
  readonly #logs: string;
  readonly #project: string;
  readonly #interruption: AbortSignal;
  #count = 0;

  /**
   * @param interruption ends the running command: Terraform then finishes what it began and gives its lock back.
   */
  constructor(project: string, logs: string, interruption: AbortSignal) {
    this.#project = project;
    this.#logs = logs;
    this.#interruption = interruption;
  }

  /**
   * Runs a command in the project with exactly the given environment, and keeps what it printed.
   *
   * @param name names the log file.
   * @param strike what happens to it on the way; nothing without it.
   */
  async run(
    name: string,
    line: readonly [string, ...string[]],
    environment: Readonly<Record<string, string>>,
    strike?: Strike,
  ): Promise<CommandResult> {
    return this.#run(name, line, environment, ({ output }) => output, strike);
  }

  /** As {@link run}, for a command that prints secrets: its standard output is given back, and not kept. */
  async read(
    name: string,
    line: readonly [string, ...string[]],
    environment: Readonly<Record<string, string>>,
  ): Promise<CommandResult> {
    return this.#run(name, line, environment, ({ stderr }) => stderr);
  }

  async #run(
    name: string,
    [command, ...args]: readonly [string, ...string[]],
    environment: Readonly<Record<string, string>>,
    kept: (printed: { readonly output: string; readonly stderr: string }) => string,
    strike?: Strike,
  ): Promise<CommandResult> {
    this.#count += 1;
    const log = join(this.#logs, `${String(this.#count).padStart(2, "0")}-${name}.log`);
    const running = execa(command, args, {
      cwd: this.#project,
      env: environment,
      extendEnv: false,
      preferLocal: true,
      localDir: this.#project,
      all: true,
      reject: false,
      stdin: "ignore",
      cancelSignal: this.#interruption,
      forceKillAfterDelay: 60_000,
    });
    const ended = new AbortController();
    const blow = strike?.((signal) => running.kill(signal), ended.signal);
    const result = await running;
    ended.abort();
    await blow;
    const output = result.all;
    // A process that could not even be started has neither.
    const exitCode =
      result.exitCode ?? (result.signal ? 128 + constants.signals[result.signal] : 1);
    writeFileSync(
      log,
      `$ ${[command, ...args].join(" ")}\n${kept({ output, stderr: result.stderr })}\nexit code ${exitCode}\n`,
    );
    return { exitCode, output, stdout: result.stdout, log };
  }
}
