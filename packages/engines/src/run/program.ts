import { type ChildProcess, spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { serverUser } from "./server-user.ts";

const watchdog = fileURLToPath(new URL("watchdog.sh", import.meta.url));

/** What is started, and how it is known to be ready. */
export interface ProgramOptions {
  /** For messages: `PostgreSQL`. */
  readonly title: string;
  readonly command: readonly [string, ...string[]];
  /** The server's own directory, where its log is written. It is removed if we die without closing the program. */
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Signal that ends it in order. */
  readonly ending: "TERM" | "INT";
  /** Asks it something, every 25 ms: it is ready when it answers, and not yet when that fails. */
  readonly ask: () => Promise<unknown>;
  /** Seconds that it has until it answers; default 60. */
  readonly seconds?: number;
}

/** A program that runs and answers. */
export interface Program {
  /** The last lines of its log. */
  lastLines(): Promise<string>;
  /** Ends it in order, and with force after 10 s. Does nothing when it has ended. */
  close(): Promise<void>;
}

const patience = 10_000;

/**
 * Starts a server that ends with us: in order by `close`, and also when this process is killed. A session of its own keeps
 * Ctrl-C from it, so that whoever is interrupted can still use it while ending.
 *
 * @throws when it ends before it answers, or does not answer in time: the message has the last lines of its log.
 */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { title, directory, ask, seconds = 60 } = options;
  const logFile = join(directory, "log");
  const { child, ended } = await spawnWatched(options, logFile);
  const program = controlOf(child, ended, options.ending, logFile);
  const state = { ended: false };
  const mark = () => {
    state.ended = true;
  };
  ended.then(mark, mark);
  try {
    const until = performance.now() + seconds * 1000;
    while (!(await answers(ask))) {
      if (state.ended) throw new Error(`${title} ended before it answered.`);
      if (performance.now() > until)
        throw new Error(`${title} does not answer after ${seconds} s.`);
      await setTimeout(25);
    }
    return program;
  } catch (error) {
    await program.close();
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${message} Its last lines:\n${await program.lastLines()}`, { cause: error });
  }
}

const answers = (ask: ProgramOptions["ask"]) =>
  ask().then(
    () => true,
    () => false,
  );

interface Watched {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
}

async function spawnWatched(
  { command, directory, environment, ending }: ProgramOptions,
  logFile: string,
): Promise<Watched> {
  const log = await open(logFile, "a", 0o600);
  try {
    const child = spawn("/bin/sh", [watchdog, ending, directory, ...command], {
      // PostgreSQL's user cannot enter our own directory.
      cwd: "/",
      detached: true,
      env: { PATH: "/usr/bin:/bin", ...environment },
      stdio: ["pipe", log.fd, log.fd],
      ...serverUser(),
    });
    // Listened for before anything is waited for: it may end while the log is closed.
    return { child, ended: endOf(child) };
  } finally {
    await log.close();
  }
}

function endOf(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    child.once("exit", () => {
      resolve();
    });
    child.once("error", reject);
  });
  // Whoever waits for it hears of it; that nobody does yet is no failure of its own.
  ended.catch(() => undefined);
  return ended;
}

function controlOf(
  child: ChildProcess,
  ended: Promise<void>,
  ending: string,
  logFile: string,
): Program {
  // Whoever ended already takes no orders, and that is no error.
  child.stdin?.on("error", () => undefined);
  const signal = (name: string) => child.stdin?.write(`${name}\n`);
  return {
    lastLines: async () => {
      const text = await readFile(logFile, "utf8").catch(() => "");
      return text.trimEnd().split("\n").slice(-15).join("\n");
    },
    close: async () => {
      signal(ending);
      const timer = new AbortController();
      const late = setTimeout(patience, "late", { signal: timer.signal }).catch(() => "ended");
      if ((await Promise.race([ended, late])) === "late") signal("KILL");
      timer.abort();
      await ended;
    },
  };
}
