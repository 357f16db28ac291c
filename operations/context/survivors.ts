import { setTimeout } from "node:timers/promises";

import { ageOf } from "./age.ts";
import { AbortError } from "@mam-infra/clients/abort";
import type { Place } from "./place.ts";
import { type RunningTerraform, findRuns } from "./run-folder.ts";

/** A Terraform that goes on although the command is dead that started it. */
export interface Survivor extends RunningTerraform {
  /** What was typed, of which it is a part. */
  readonly command: string;
}

/** Longest wait for it, in minutes: both timeouts of a first deployment (60 and 20), and what is around them. */
const limitMinutes = 90;

/** Pause between two looks, in milliseconds. */
const pause = 500;

/** Every Terraform of an environment that outlived its command on this machine. */
export function survivorsOf(place: Pick<Place, "runs">, environment: string): Survivor[] {
  return findRuns(place)
    .filter((run) => run.environment === environment && !run.isOwned)
    .flatMap(({ owner, running }) =>
      running.map((one) => ({ ...one, command: owner?.command ?? "mam" })),
    );
}

/** A survivor as a person recognises it. */
export function describeSurvivor({ pid, stack, since, command }: Survivor, now = new Date()) {
  return `Terraform of ${stack} (process ${pid}, for ${ageOf(since, now)}), which outlived \`${command}\``;
}

/** How survivors are waited for. */
export interface SurvivorOptions {
  readonly environment: string;
  readonly interruption: AbortSignal;
  /** Says for whom it waits. */
  readonly tell: (progress: string) => void;
}

/**
 * Waits for every Terraform of an environment that outlived its command: it finishes what it began, writes its state and
 * gives its lock back.
 *
 * @throws AbortError while it waits; Error when the wait is over.
 */
export async function awaitSurvivors(
  place: Pick<Place, "runs">,
  { environment, interruption, tell }: SurvivorOptions,
): Promise<void> {
  const until = performance.now() + limitMinutes * 60_000;
  const told = new Set<number>();
  for (;;) {
    const survivors = survivorsOf(place, environment);
    const [first] = survivors;
    if (!first) return;
    if (performance.now() > until) {
      throw new Error(
        `${describeSurvivor(first)}, has not ended after ${limitMinutes} minutes. Nothing was changed.\n  fix: kill -INT ${first.pid}, which lets it save its state, then try again`,
      );
    }
    for (const one of survivors.filter(({ pid }) => !told.has(pid))) {
      told.add(one.pid);
      tell(`waiting for ${describeSurvivor(one)}`);
    }
    await setTimeout(pause, undefined, { signal: interruption }).catch(() => {
      throw new AbortError(`waited for ${describeSurvivor(first)}; nothing was changed`);
    });
  }
}
