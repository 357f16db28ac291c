import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { ageOf } from "./age.ts";
import { type Holder, describeHolder, holderSchema, mayLive } from "./holder.ts";
import { writeAtomically } from "./atomic-write.ts";
import { AbortError } from "@mam-infra/clients/abort";
import { type Place, makePrivate } from "./place.ts";

/** Longest wait for another command, in minutes: both timeouts of a first deployment (60 and 20), and what is around them. */
const limitMinutes = 90;

/** Pause between two looks at who holds the lock, in milliseconds. */
const pause = 500;

/** Pause between two signs of life of a holder, in milliseconds: its file is as old as the last of them. */
const heartbeat = 60_000;

/** Signs of life that may be missing before a holder on another machine counts as not heard of. */
const missingBeats = 5;

/** What waits for a lock, and how. */
export interface LockOptions {
  readonly environment: string;
  readonly holder: Holder;
  readonly interruption: AbortSignal;
  /** Says for whom it waits. */
  readonly tell: (progress: string) => void;
  /** Longest wait, in minutes. @defaultValue 90 */
  readonly limitMinutes?: number;
}

/** Thrown when another command holds the lock of an environment and does not let go. */
export class Occupied extends Error {
  constructor(environment: string, holder: Holder, file: string) {
    super(
      `${environment} is being changed by ${describeHolder(holder)}. Nothing was changed.\n  fix: wait until it has ended, or end it: kill ${holder.pid}; on a machine that is gone: rm ${file}`,
    );
    this.name = "Occupied";
  }
}

/**
 * Takes the lock by which one command at a time changes an environment from a checkout: they share its files and would
 * overwrite each other's. Waits for whoever holds it; what a dead holder left does not count.
 *
 * Everybody announces itself with a file of its own, then looks for others. Of two that see each other none goes on,
 * and both try again; so no file is ever replaced, and none of the living is taken for a dead one's.
 *
 * @returns gives the lock back; called twice it does nothing.
 * @throws AbortError while it waits; Occupied when the wait is over.
 */
export async function lockEnvironment(
  { root, locks }: Place,
  { environment, holder, interruption, tell, ...options }: LockOptions,
): Promise<() => void> {
  [root, locks].forEach(makePrivate);
  const name = `${environment}-${holder.pid}-${randomBytes(4).toString("hex")}`;
  const until = performance.now() + (options.limitMinutes ?? limitMinutes) * 60_000;
  let told: string | undefined;
  for (;;) {
    const other =
      otherHolder(locks, environment, name, tell) ?? announce(locks, environment, name, holder);
    if (!other) break;
    if (performance.now() > until) throw new Occupied(environment, other.holder, other.file);
    if (told !== other.file) tell(`waiting for ${describeHolder(other.holder)}${silenceOf(other)}`);
    told = other.file;
    // Of two that began at once, one looks again before the other.
    await setTimeout(pause * (0.5 + Math.random()), undefined, { signal: interruption }).catch(
      () => {
        throw new AbortError(`waited for ${describeHolder(other.holder)}; nothing was changed`);
      },
    );
  }
  const file = join(locks, name);
  const beating = setInterval(() => {
    const now = new Date();
    if (existsSync(file)) utimesSync(file, now, now);
  }, heartbeat).unref();
  return () => {
    clearInterval(beating);
    rmSync(file, { force: true });
  };
}

/** What to do about a holder on another machine that says nothing any more; nothing about all others. */
function silenceOf({ holder, file }: Announcement): string {
  const heard = statSync(file, { throwIfNoEntry: false })?.mtime;
  if (holder.host === hostname() || heard === undefined) return "";
  if (Date.now() - heard.getTime() <= missingBeats * heartbeat) return "";
  return `, last heard of ${ageOf(heard, new Date())} ago; if that machine is gone: rm ${file}`;
}

/** A command that changes an environment, and the file by which it says so. */
interface Announcement {
  readonly holder: Holder;
  readonly file: string;
}

/** Announces a holder. Takes it back, and says whom it met, when it is not alone. */
function announce(
  locks: string,
  environment: string,
  name: string,
  holder: Holder,
): Announcement | undefined {
  const file = join(locks, name);
  writeAtomically(file, JSON.stringify(holder), 0o600);
  const other = otherHolder(locks, environment, name, () => undefined);
  if (other) rmSync(file, { force: true });
  return other;
}

/** Another command that changes the environment. What the dead announced is removed, and said. */
function otherHolder(
  locks: string,
  environment: string,
  own: string,
  tell: (progress: string) => void,
): Announcement | undefined {
  for (const name of readdirSync(locks)) {
    if (name === own || !isOf(environment, name)) continue;
    const file = join(locks, name);
    const holder = holderIn(file);
    if (holder && mayLive(holder)) return { holder, file };
    rmSync(file, { force: true });
    if (holder) tell(`gave back the lock of ${describeHolder(holder)}, which is dead`);
  }
  return undefined;
}

function isOf(environment: string, name: string): boolean {
  return (
    name.startsWith(`${environment}-`) && /^\d+-[0-9a-f]+$/.test(name.slice(environment.length + 1))
  );
}

function holderIn(file: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // Given back meanwhile, or not written by mam: each lock appears as a whole.
    return undefined;
  }
}
