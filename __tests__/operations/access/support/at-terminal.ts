import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";

import type { Variables } from "../../../../operations/context/variables.ts";

/** A program at a terminal of its own. */
export interface AtTerminal {
  /** Types something; a carriage return ends a line, as the key does. */
  type(text: string): void;
  /** Makes the window larger or smaller, in characters. */
  resize(columns: number, rows: number): void;
  kill(signal: NodeJS.Signals): void;
  /** Waits until something is on the screen, in what was not waited for before. */
  shown(text: string | RegExp): Promise<void>;
  /** The same, and gives what a pattern has found. */
  matched(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves after its end; `same` is whether the terminal is set as it was before. */
  readonly ended: Promise<{
    readonly exitCode: number;
    readonly same: boolean;
    readonly screen: string;
  }>;
}

/** Milliseconds that something may take to be shown: five minutes, for a machine that is busy with other tests. */
const patience = 300_000;

/** Those that have not ended. */
const running = new Set<ChildProcess>();

/** Ends every program that has not ended, as closing its window does. */
export function closeWindows(): void {
  for (const child of running) child.kill("SIGKILL");
}

const bridge = join(import.meta.dirname, "terminal.py");

/** Why no program can be played at a terminal here; undefined where one can. */
export function noTerminal(): string | undefined {
  const { status } = spawnSync("python3", [
    "-c",
    "import pty, sys; sys.exit(sys.version_info < (3, 9))",
  ]);
  return status === 0 ? undefined : "it takes Python 3.9 or later: apt-get install python3";
}

/** Starts a program at a terminal of 80 columns and 24 rows. */
export function startAtTerminal(line: readonly string[], env: Variables): AtTerminal {
  const child = spawn("python3", [bridge, "80", "24", ...line], {
    env: { ...env, TERM: "xterm-256color" },
  });
  running.add(child);
  let [screen, told, seen] = ["", "", 0];
  const looks = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text;
    for (const look of looks) look();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    told += text;
  });
  const ended = new Promise<Awaited<AtTerminal["ended"]>>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => {
      running.delete(child);
      if (told === "") {
        reject(new Error(`its window was closed:\n${screen}`));
        return;
      }
      const { exitCode, same } = JSON.parse(told) as { exitCode: number; same: boolean };
      resolve({ exitCode, same, screen });
    });
  });
  const act = (action: object) => child.stdin.write(`${JSON.stringify(action)}\n`);
  const shown = (text: string | RegExp) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`it has not shown ${String(text)}:\n${screen}`));
      }, patience);
      const look = () => {
        const rest = screen.slice(seen);
        const at = typeof text === "string" ? rest.indexOf(text) : rest.search(text);
        if (at < 0) return;
        seen += at + 1;
        looks.delete(look);
        clearTimeout(timer);
        resolve();
      };
      looks.add(look);
      look();
      void ended.then((end) => {
        reject(new Error(`it ended without ${String(text)}:\n${end.screen}`));
      }, reject);
    });
  return {
    type: (type) => act({ type }),
    resize: (columns, rows) => act({ resize: [columns, rows] }),
    kill: (signal) => act({ signal: constants.signals[signal] }),
    shown,
    matched: async (pattern) => {
      const from = seen;
      await shown(pattern);
      return pattern.exec(screen.slice(from))!;
    },
    ended,
  };
}
