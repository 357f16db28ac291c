import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("../../../bin/mam-cloud.mjs", import.meta.url));

/** The program, started in a directory that no file of the project lies in. */
export class Program {
  readonly #child: ChildProcessWithoutNullStreams;
  /** What it wrote, and how it ended. */
  readonly ended: Promise<{ exitCode: unknown; stdout: string; stderr: string }>;

  constructor(directory: string, args: readonly string[]) {
    const child = spawn(process.execPath, [file, ...args], {
      cwd: directory,
      env: { PATH: process.env.PATH ?? "" },
    });
    this.#child = child;
    this.ended = Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]).then(
      ([[exitCode], stdout, stderr]) => ({ exitCode: exitCode as unknown, stdout, stderr }),
    );
  }

  /** What it writes first; fails when it ends without a word. */
  async said(): Promise<string> {
    const first = once(this.#child.stdout, "data").then(String);
    const silent = this.ended.then(({ stderr }) => {
      throw new Error(`the program ended: ${stderr}`);
    });
    return Promise.race([first, silent]);
  }

  end(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

/** A directory outside of the project with the programs that a test starts there. */
export class Elsewhere {
  readonly #directory = mkdtempSync(join(tmpdir(), "elsewhere-"));
  readonly #programs: Program[] = [];

  write(name: string, content: string): void {
    writeFileSync(join(this.#directory, name), content);
  }

  /** Starts the program with no environment variable but the path. */
  start(...args: string[]): Program {
    const program = new Program(this.#directory, args);
    this.#programs.push(program);
    return program;
  }

  async remove(): Promise<void> {
    for (const program of this.#programs) program.end("SIGKILL");
    await Promise.all(this.#programs.map(({ ended }) => ended));
    rmSync(this.#directory, { recursive: true });
  }
}
