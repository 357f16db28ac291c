import { type ChildProcess, spawn } from "node:child_process";

import type { Container } from "../../../programs/container.ts";
import type { Work, Workplace } from "./workplace.ts";

/** A shell in an instance, at a terminal. */
export interface Terminal {
  /** Types something. */
  write(text: string): void;
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
