import { type ChildProcess, execFile, spawn } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";

import type { Container } from "../../../programs/container.ts";
import type { Work, Workplace } from "./workplace.ts";

const execute = promisify(execFile);

/** A shell in an instance, at a terminal. */
export interface Terminal {
  /** Types something. */
  write(text: string): void;
  /** Makes it as large as the window of whoever looks at it, in characters; what runs in it is told. */
  resize(columns: number, rows: number): void;
  /** Hangs up: everything that runs in it is ended. */
  hangUp(): void;
}

/** What is told of a terminal. */
export interface TerminalEvents {
  readonly onText: (text: string) => void;
  /** @param isGone whether its instance has ended, and not the shell by itself. */
  readonly onEnd: (isGone: boolean) => void;
}

/**
 * What opens a shell at a pseudo-terminal: `script` of util-linux, or the BSDs' on macOS, which both write a transcript that
 * nobody wants. The image's own shell is there on the platform; here it is this machine's.
 */
const shellAtTerminal =
  process.platform === "darwin"
    ? ["script", "-q", "/dev/null", "/bin/sh", "-i"]
    : ["script", "--quiet", "--flush", "--command", "/bin/sh -i", "/dev/null"];

/** The shells that people have open in instances. */
export class Terminals {
  readonly #workplace: Workplace;
  readonly #open = new Map<ChildProcess, Promise<void>>();
  #count = 0;

  constructor(workplace: Workplace) {
    this.#workplace = workplace;
  }

  /**
   * Opens a shell with an instance's environment, in the folder of its program.
   *
   * @param work of the instance.
   * @param container its container, with which the shell ends.
   */
  open(work: Work, container: Container, { onText, onEnd }: TerminalEvents): Terminal {
    this.#count += 1;
    const name = `${work.name}-terminal-${this.#count}`;
    const { directory, environment } = this.#workplace.planOf(
      { ...work, name },
      container.ports ?? new Map<number, number>(),
    );
    const [program = "", ...args] = shellAtTerminal;
    const child = spawn(program, args, {
      cwd: directory,
      env: { ...environment, TERM: "xterm-256color", PS1: `${work.component.spec.name}$ ` },
      detached: true,
    });
    const { pid } = child;
    if (pid !== undefined) this.#workplace.keeper.watch(pid);
    child.stdin.on("error", () => undefined);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", onText);
    let isGone = false;
    void container.ended.then(() => {
      isGone = true;
      hangUp(child);
    });
    const ended = new Promise<void>((resolve) => {
      const end = () => {
        if (pid !== undefined) this.#workplace.keeper.forget(pid);
        this.#open.delete(child);
        this.#workplace.clear(name);
        onEnd(isGone);
        resolve();
      };
      child.once("error", end);
      child.once("close", end);
    });
    this.#open.set(child, ended);
    return {
      write: (text) => child.stdin.write(text),
      resize: (columns, rows) => {
        // A machine without ps cannot say which terminal it is: the size is that of the beginning then.
        if (pid !== undefined) void resize(pid, columns, rows).catch(() => undefined);
      },
      hangUp: () => {
        hangUp(child);
      },
    };
  }

  /** Hangs all of them up. */
  async close(): Promise<void> {
    const all = [...this.#open];
    for (const [child] of all) hangUp(child);
    await Promise.all(all.map(([, ended]) => ended));
  }
}

/** The end of `script` closes the terminal, which hangs up on what runs at it. */
function hangUp(child: ChildProcess): void {
  child.kill("SIGTERM");
}

/** Looks for the terminal of a shell that has just been begun, and the pause between two, in milliseconds. */
const [looks, pause] = [100, 20];

/** Sets the size of the terminal that a `script` has opened: what runs in it gets SIGWINCH. */
async function resize(script: number, columns: number, rows: number): Promise<void> {
  for (let look = 0; look < looks; look += 1) {
    const terminal = await terminalOf(script);
    if (terminal !== undefined) {
      const option = process.platform === "darwin" ? "-f" : "-F";
      const size = ["rows", String(rows), "columns", String(columns)];
      await execute("stty", [option, `/dev/${terminal}`, ...size]);
      return;
    }
    await setTimeout(pause);
  }
}

/** The terminal of a process's child; undefined while there is none. */
async function terminalOf(parent: number): Promise<string | undefined> {
  const { stdout } = await execute("ps", ["-A", "-o", "ppid=,tty="]);
  const lines = stdout.split("\n").map((line) => line.trim().split(/\s+/));
  const [, terminal] = lines.find(([ppid]) => ppid === String(parent)) ?? [];
  return terminal === undefined || /^[?-]/.test(terminal) ? undefined : terminal;
}
