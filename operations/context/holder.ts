import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

import { z } from "zod";

import { ageOf } from "./age.ts";

/** A process that has something for itself: a folder, or the lock of an environment. */
export const holderSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** What tells a process from a later one of the same number; absent where the system does not say. */
  birth: z.string().optional(),
  /** What was typed. */
  command: z.string(),
  /** When it took what it holds, in ISO 8601. */
  since: z.iso.datetime(),
});

/** A process that has something for itself. */
export type Holder = z.output<typeof holderSchema>;

/** A process of some machine, told from every other one. */
export const processSchema = z.object({
  pid: z.int().positive(),
  /** What tells it from a later one of the same number; absent where the system does not say. */
  birth: z.string().optional(),
});

/** A process of some machine. */
export type KnownProcess = z.output<typeof processSchema>;

/** A process of this machine that runs now. */
export function processNow(pid: number): KnownProcess {
  const birth = birthOf(pid);
  return { pid, ...(birth === undefined ? {} : { birth }) };
}

/** Whether a process of this machine still runs. */
export function isStill({ pid, birth }: KnownProcess): boolean {
  if (!isRunning(pid)) return false;
  const now = birthOf(pid);
  return birth === undefined || now === undefined || birth === now;
}

/**
 * Where process numbers mean what they mean here: this boot of the machine, and this container of it. Two containers of one
 * name have others. Undefined where there is no /proc to ask.
 */
export function processSpace(): string | undefined {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return undefined;
  }
}

/** What was typed to start this process. */
export function typedCommand(): string {
  return ["mam", ...process.argv.slice(2)].join(" ");
}

/** This process, as a holder from now on. */
export function thisHolder(command: string, now: Date = new Date()): Holder {
  return {
    ...processNow(process.pid),
    host: hostname(),
    command,
    since: now.toISOString(),
  };
}

/** Whether a holder may still be there. Nobody can know it of another machine's, which shares the folder. */
export function mayLive(holder: Holder): boolean {
  return holder.host !== hostname() || isStill(holder);
}

/** Whether a process of this machine runs. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of another user is one that runs.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** A holder as a person recognises it: `mam deploy staging (process 4711 on build-3, for 2 minutes)`. */
export function describeHolder({ pid, host, command, since }: Holder, now = new Date()): string {
  return `${command} (process ${pid} on ${host}, for ${ageOf(new Date(since), now)})`;
}

/** Where /proc/<pid>/stat has the time at which a process began, counted from behind its name (proc_pid_stat(5), 22). */
const startTime = 19;

/** When a process began, in the system's own words; undefined where there is no /proc to ask. */
function birthOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // A name may contain blanks and parentheses.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[startTime];
  } catch {
    return undefined;
  }
}
