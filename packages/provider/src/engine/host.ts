import type { ProviderHost } from "./provider.ts";

/** The part of a clock that waiting and naming need. */
export interface WaitingClock {
  now(): Date;
  /** Waits for a number of virtual seconds. */
  sleep(virtualSeconds: number): Promise<void>;
}

/** Runs works of one key one after another, in the order of their arrival, also after one failed. */
function serialiser(): ProviderHost["serialised"] {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const previous = last.get(key) ?? Promise.resolve();
    const result = previous.then(work, work);
    last.set(key, result);
    return result;
  };
}

/**
 * What the engine takes from its host: waits by the clock, one lock for each key, and ids as
 * helper/id makes them (terraform-plugin-sdk 2.26.1): eighteen digits of the time and eight of a
 * counter, so that they sort by age and never repeat.
 */
export function providerHost(clock: WaitingClock): ProviderHost {
  let count = 0;
  return {
    sleep: (seconds) => clock.sleep(seconds),
    serialised: serialiser(),
    uniqueId: (prefix) => {
      count += 1;
      const digits = clock.now().toISOString().replace(/\D/g, "").padEnd(18, "0");
      return `${prefix}${digits}${count.toString(16).padStart(8, "0")}`;
    },
  };
}
