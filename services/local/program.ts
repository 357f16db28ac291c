import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { until } from "./wait.ts";

/** A built service that runs as a process of its own. */
export interface Program {
  readonly url: string;
  /** Folder that it was started in. */
  readonly directory: string;
  readonly process: ChildProcess;
  /** All that it wrote, line by line. */
  readonly lines: readonly string[];
  /** Of these, what it wrote to standard output: its log. */
  readonly log: readonly string[];
  /** Sends a signal and waits for its end. @returns the exit code; null when the signal ended it */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** How a service is started. */
export interface ProgramOptions {
  /** Folder with its `dist/`. */
  readonly directory: string;
  readonly port: number;
  /** Path that answers once it can serve. */
  readonly health: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Default: Node with `dist/main.js`. */
  readonly command?: readonly string[];
  /** Who runs it; default: who we are. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** Starts a built service, and waits until it says that it is well. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const [command = "", ...parameters] = options.command ?? [process.execPath, "dist/main.js"];
  const child = spawn(command, parameters, {
    cwd: options.directory,
    ...options.user,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [lines, log]: [string[], string[]] = [[], []];
  for (const output of [child.stdout, child.stderr])
    createInterface({ input: output }).on("line", (line) => {
      lines.push(line);
      if (output === child.stdout) log.push(line);
    });
  const closed = once(child, "close") as Promise<[number | null]>;
  const url = `http://127.0.0.1:${options.port}`;
  await until(`${options.directory} is well`, async () => {
    if (child.exitCode !== null) throw new Error(`${options.directory}: ${lines.join("\n")}`);
    const response = await fetch(`${url}${options.health}`).catch(() => undefined);
    await response?.body?.cancel();
    return response?.ok;
  });
  return {
    url,
    directory: options.directory,
    process: child,
    lines,
    log,
    end: async (signal) => {
      child.kill(signal);
      return (await closed)[0];
    },
  };
}
