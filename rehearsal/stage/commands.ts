import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { execa } from "execa";

/** What became of a command. */
export interface CommandResult {
  readonly exitCode: number;
  /** Standard output and error, in the order in which they came. */
  readonly output: string;
  readonly stdout: string;
  /** Where the output was kept. */
  readonly log: string;
}

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
   */
  async run(
    name: string,
    [command, ...args]: readonly [string, ...string[]],
    environment: Readonly<Record<string, string>>,
  ): Promise<CommandResult> {
    this.#count += 1;
    const log = join(this.#logs, `${String(this.#count).padStart(2, "0")}-${name}.log`);
    const result = await execa(command, args, {
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
    const output = result.all;
    writeFileSync(
      log,
      `$ ${[command, ...args].join(" ")}\n${output}\nexit code ${result.exitCode}\n`,
    );
    return { exitCode: result.exitCode ?? 1, output, stdout: result.stdout, log };
  }
}
