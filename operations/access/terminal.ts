import { spawnSync } from "node:child_process";

/**
 * `stty` for a process that may stand in the background: a shell that was killed leaves the terminal to its own process group,
 * and whoever else sets it is stopped by SIGTTOU unless that is ignored.
 */
const inBackground = ["-c", 'trap "" TTOU; exec stty "$@"', "stty"];

/**
 * Remembers how the terminal is set, and gives it back when the returned function is called: a program that is killed
 * leaves it without echo. Does nothing where standard input is no terminal.
 */
export function keepTerminal(): () => void {
  if (!process.stdin.isTTY) return () => undefined;
  const stty = (parameter: string) =>
    spawnSync("sh", [...inBackground, parameter], {
      stdio: ["inherit", "pipe", "ignore"],
      encoding: "utf8",
    });
  const settings = stty("-g").stdout.trim();
  return () => {
    if (settings !== "") stty(settings);
  };
}

/**
 * Leaves a signal to the program that has the terminal: Ctrl-C goes to it and to this process alike, and ends a query
 * there, which must not end the session here.
 */
export async function leavingTo<T>(signal: NodeJS.Signals, action: () => Promise<T>): Promise<T> {
  const own = process.listeners(signal);
  const ignore = () => undefined;
  process.on(signal, ignore);
  for (const listener of own) process.off(signal, listener);
  try {
    return await action();
  } finally {
    for (const listener of own) process.on(signal, listener);
    process.off(signal, ignore);
  }
}
