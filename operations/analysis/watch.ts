import { pause } from "../status/watch.ts";
import { type Memory, remember } from "./memory.ts";
import type { Analysis, Reading, Signal } from "./signal.ts";

/** How a release is watched. */
export interface Watch {
  /** Looks once; it never fails. */
  readonly look: () => Promise<Reading>;
  /** How long, in seconds. */
  readonly seconds: number;
  /** What was seen before the release; undefined where nothing was deployed. */
  readonly before: Reading | undefined;
  /** The deployment that is watched. */
  readonly deployment: string | undefined;
  readonly interruption: AbortSignal;
  /** Called after each look. */
  readonly seen: (reading: Reading, passed: number) => void;
  /** @default the wall clock */
  readonly time?: WatchTime;
}

/** By what time a release is watched. */
export interface WatchTime {
  /** Seconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Waits for some seconds, or until it is interrupted. */
  readonly pause: (seconds: number, interruption: AbortSignal) => Promise<void>;
}

/** The time of whoever waits for it. */
export const wallClock: WatchTime = { now: () => performance.now() / 1000, pause };

/** Pause between two looks, in seconds: a client address may ask a service 60 times a minute, and others look, too. */
const longestPause = 15;

/** Looks in a time that is too short for such pauses. */
const looks = 20;

/** Seconds after which a service answers anew, and a little more: each gives the same answer for five. */
const newAnswer = 6;

/**
 * Watches a release until the time is over, something turns red, or it is interrupted. Red is what two answers say, one after
 * the other: a single one may be of a moment in which instances were replaced.
 */
export async function watchRelease(watch: Watch): Promise<Analysis> {
  const { look, seconds, interruption, time = wallClock } = watch;
  const begun = time.now();
  const passed = () => time.now() - begun;
  const memory = remember(watch.before);
  for (;;) {
    const last = await look();
    const end = { seconds: passed(), last };
    if (interruption.aborted) return memory.end({ ...end, outcome: "interrupted" });
    memory.add(last);
    watch.seen(last, passed());
    const because = otherDeployment(watch, last);
    if (because !== undefined) return memory.end({ ...end, outcome: "not known", because });
    const red = await confirmed(watch, memory, last);
    if (red.length > 0) return memory.end({ ...end, outcome: "turned red", red });
    const left = seconds - passed();
    if (left <= 0) {
      return memory.end({ ...end, outcome: memory.isKnown(last) ? "kept" : "not known" });
    }
    await time.pause(Math.min(longestPause, seconds / looks, left), interruption);
  }
}

/** What is red in this look, and still is once every service answers anew. */
async function confirmed(
  { look, interruption, time = wallClock }: Watch,
  memory: Memory,
  reading: Reading,
): Promise<readonly Signal[]> {
  const turned = memory.turned(reading).map(({ name }) => name);
  if (turned.length === 0) return [];
  await time.pause(newAnswer, interruption);
  const again = interruption.aborted ? [] : memory.turned(await look());
  return again.filter(({ name }) => turned.includes(name));
}

function otherDeployment({ deployment }: Watch, reading: Reading): string | undefined {
  const { deployment: found } = reading;
  if (deployment === undefined || found === undefined || found === deployment) return undefined;
  return `deployment ${found} runs since, which is another one`;
}
