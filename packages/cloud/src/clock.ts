import { setTimeout } from "node:timers/promises";

/**
 * Virtual time: what the rehearsed platforms and the waits for them live by. A database takes minutes to come online
 * on the real platform; here those minutes pass `speed` times faster than the wall clock, in the same order and with
 * the same proportions, so that a rehearsal is quick and can still say how long the real thing takes.
 */
export interface Clock {
  /** Virtual seconds in a second of the wall clock. */
  readonly speed: number;
  /** The present in virtual time. */
  now(): Date;
  /** Waits for a number of virtual seconds; zero and less wait not at all. */
  sleep(virtualSeconds: number): Promise<void>;
}

/**
 * Starts a clock that runs for as long as the process does.
 *
 * @param options.speed virtual seconds in a second of the wall clock; default 600, so that ten minutes take one second.
 * @param options.start the virtual time at which it starts; default: the present.
 * @throws RangeError when the speed is not a positive number: a clock that stands still would never end a wait.
 */
export function startClock({
  speed = 600,
  start = new Date(),
}: { speed?: number; start?: Date } = {}): Clock {
  if (!(speed > 0) || !Number.isFinite(speed)) {
    throw new RangeError(`The clock's speed must be a positive number, not ${speed}.`);
  }
  const began = performance.now();
  return {
    speed,
    now: () => new Date(start.getTime() + (performance.now() - began) * speed),
    sleep: async (virtualSeconds) => {
      const until = performance.now() + (virtualSeconds * 1000) / speed;
      // A timer may fire up to a millisecond early, which is most of a virtual second.
      for (let left = until - performance.now(); left > 0; left = until - performance.now()) {
        await setTimeout(Math.ceil(left));
      }
    },
  };
}
