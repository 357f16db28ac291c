import { writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

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
 * @param printed waits until it has printed something, or has ended.
 */
export type Strike = (
  kill: (signal: NodeJS.Signals) => void,
  ended: AbortSignal,
  printed: (words: string) => Promise<void>,
) => Promise<void>;

/** How a command is run. */
export interface CommandOptions {
  /** What happens to it on the way; nothing without it. */
  readonly strike?: Strike;
  /** What is typed; nothing can be read without it. */
  readonly typed?: string;
  /** Where it is typed; default: in the project. */
  readonly directory?: string;
}

/** What speaks against a command having succeeded: its exit code, and where to read on. */
export function succeeded({ exitCode, log }: CommandResult): string[] {
  return exitCode === 0 ? [] : [`exit code ${exitCode}, see ${log}`];
}

/** The same, with the last lines that it printed: where its log goes with its platforms. */
export function endedWell(result: CommandResult): string[] {
  const lines = result.output.trimEnd().split("\n").slice(-shownLines);
  return succeeded(result).flatMap((objection) => [objection, ...lines]);
}

/** Lines of a failed command that are shown where its log is not kept. */
const shownLines = 15;

/** What speaks against a command having ended with a code and said some words. */
export function says({ exitCode, output }: CommandResult, code: number, words: string): string[] {
  const objections = [
    ...(exitCode === code ? [] : [`exit code ${exitCode}, expected ${code}`]),
    ...(output.includes(words) ? [] : [`it does not say "${words}"`]),
  ];
  return objections.length > 0 ? [...objections, output] : [];
}

/** A program and its arguments. */
type Line = readonly [string, ...string[]];

/** What of a command's output is kept. */
type Printed = (printed: { readonly output: string; readonly stderr: string }) => string;

/** A command that goes on. */
export interface GoingCommand {
  /** What it printed once it could be used. */
  readonly match: RegExpExecArray;
  /** Interrupts it, as Ctrl-C does, and waits for its end. */
  end(): Promise<CommandResult>;
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
    line: Line,
    environment: Readonly<Record<string, string>>,
    options: CommandOptions = {},
  ): Promise<CommandResult> {
    return this.#run(name, line, environment, ({ output }) => output, options);
  }

  /** As {@link run}, for a command that prints secrets: its standard output is given back, and not kept. */
  async read(
    name: string,
    line: Line,
    environment: Readonly<Record<string, string>>,
  ): Promise<CommandResult> {
    return this.#run(name, line, environment, ({ stderr }) => stderr, {});
  }

  /**
   * Begins a command that goes on until it is told to end, such as one that serves a page.
   *
   * @param ready what it prints once it can be used.
   * @throws Error with what it printed, when it ends before.
   */
  async begin(
    name: string,
    line: Line,
    environment: Readonly<Record<string, string>>,
    ready: RegExp,
  ): Promise<GoingCommand> {
    const log = this.#logOf(name);
    const running = this.#start(line, environment);
    const match = await new Promise<RegExpExecArray>((resolve, reject) => {
      let printed = "";
      running.all.on("data", (text: Buffer) => {
        printed += text.toString();
        const found = ready.exec(printed);
        if (found) resolve(found);
      });
      void running.then(({ all }) => {
        reject(new Error(`${line.join(" ")} ended before it was ready:\n${all}`));
      });
    });
    return {
      match,
      end: async () => {
        running.kill("SIGINT");
        return kept(log, line, await running, ({ output }) => output);
      },
    };
  }

  async #run(
    name: string,
    line: Line,
    environment: Readonly<Record<string, string>>,
    printed: Printed,
    { strike, ...options }: CommandOptions,
  ): Promise<CommandResult> {
    const log = this.#logOf(name);
    const running = this.#start(line, environment, options);
    const ended = new AbortController();
    const said = (words: string) => untilPrinted(running.all, words, ended.signal);
    const blow = strike?.((signal) => running.kill(signal), ended.signal, said);
    const result = await running;
    ended.abort();
    await blow;
    return kept(log, line, result, printed);
  }

  #logOf(name: string): string {
    this.#count += 1;
    return join(this.#logs, `${String(this.#count).padStart(2, "0")}-${name}.log`);
  }

  #start(
    [command, ...args]: Line,
    env: Readonly<Record<string, string>>,
    { typed, directory = this.#project }: CommandOptions = {},
  ) {
    return execa(command, args, {
      cwd: directory,
      env,
      extendEnv: false,
      preferLocal: true,
      localDir: this.#project,
      all: true,
      reject: false,
      ...(typed === undefined ? { stdin: "ignore" as const } : { input: typed }),
      cancelSignal: this.#interruption,
      forceKillAfterDelay: 60_000,
    });
  }
}

function untilPrinted(output: Readable, words: string, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let text = "";
    output.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes(words)) resolve();
    });
    ended.addEventListener("abort", () => {
      resolve();
    });
  });
}

/** What came of a process. */
interface Ended {
  readonly all: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode?: number | undefined;
  readonly signal?: NodeJS.Signals | undefined;
}

/** Writes down what a command printed. */
function kept(log: string, line: Line, ended: Ended, printed: Printed): CommandResult {
  const { all: output, stdout, stderr, exitCode: code, signal } = ended;
  // A process that could not even be started has neither.
  const exitCode = code ?? (signal ? 128 + constants.signals[signal] : 1);
  writeFileSync(
    log,
    `$ ${line.join(" ")}\n${printed({ output, stderr })}\nexit code ${exitCode}\n`,
  );
  return { exitCode, output, stdout, log };
}
