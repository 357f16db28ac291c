import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

import type { Keeper } from "./keeper.ts";
import { readLines } from "./lines.ts";

/** Which of a process's outputs. */
export type OutputName = "stdout" | "stderr";

/** A process to start. */
export interface ProcessPlan {
  readonly command: readonly string[];
  readonly directory: string;
  /** All that it sees: nothing of this process's own environment is added. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it reads from standard input; default nothing. */
  readonly input?: string | Buffer;
  readonly onLine: (line: string, output: OutputName) => void;
}

/** How a process ended. */
export interface ProcessEnd {
  /** As a shell counts: 128 and the number of the signal that ended it; 127 when it could not be started. */
  readonly exitCode: number;
}

/** How long outputs are read after the end of a process whose descendants keep them open, in milliseconds. */
const lastWords = 1000;
const notStarted = 127;
const signalNumbers: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
};

/**
 * A process as a container runs it: in a group of its own, with its own environment. As in a container, SIGTERM goes to
 * the first process alone, and all others are killed when that one ends.
 */
export class ProgramProcess {
  readonly #child: ChildProcess;
  readonly #keeper: Keeper;
  /** When it has ended, with everything that it started. It is never rejected. */
  readonly ended: Promise<ProcessEnd>;

  constructor(plan: ProcessPlan, keeper: Keeper) {
    const [program = "", ...args] = plan.command;
    this.#keeper = keeper;
    this.#child = spawn(program, args, {
      cwd: plan.directory,
      env: { ...plan.environment },
      stdio: [plan.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      detached: true,
    });
    if (this.#child.pid !== undefined) keeper.watch(this.#child.pid);
    this.ended = this.#end(plan);
    if (plan.input !== undefined) this.#send(plan.input);
  }

  /** The first process, while it runs. */
  get pid(): number | undefined {
    return this.#runs() ? this.#child.pid : undefined;
  }

  /** Asks the first process to end. */
  terminate(): void {
    if (this.#runs()) this.#child.kill("SIGTERM");
  }

  /** Kills all of its processes. */
  kill(): void {
    if (this.#runs()) this.#killGroup();
  }

  #runs(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  #killGroup(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch (error) {
      // Nobody of the group is left.
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }

  #send(input: string | Buffer): void {
    // A program may end without reading its input.
    this.#child.stdin?.on("error", () => undefined);
    this.#child.stdin?.end(input);
  }

  #end({ onLine, command }: ProcessPlan): Promise<ProcessEnd> {
    const child = this.#child;
    for (const output of ["stdout", "stderr"] as const) {
      const stream = child[output];
      if (stream)
        readLines(stream, (line) => {
          onLine(line, output);
        });
    }
    return new Promise((resolve) => {
      let exitCode = notStarted;
      child.once("error", (error) => {
        if (child.pid !== undefined) return;
        onLine(`cannot start ${command.join(" ")}: ${error.message}`, "stderr");
        resolve({ exitCode });
      });
      child.once("exit", (code, signal) => {
        exitCode = code ?? 128 + (signalNumbers[signal ?? "SIGKILL"] ?? 0);
        this.#killGroup();
        setTimeout(() => {
          child.stdout?.destroy();
          child.stderr?.destroy();
        }, lastWords).unref();
      });
      child.once("close", () => {
        if (child.pid !== undefined) this.#keeper.forget(child.pid);
        resolve({ exitCode });
      });
    });
  }
}
