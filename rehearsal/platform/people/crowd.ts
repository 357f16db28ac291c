import { setTimeout as sleep } from "node:timers/promises";

import { Editor, type Film, type Place } from "./editor.ts";
import { Ledger } from "./ledger.ts";
import { watch } from "./viewer.ts";

/** What people do all the while. */
export interface Occupation {
  /** Where they sign in, each with an account of their own: an uploader, a viewer and a librarian. */
  readonly places: Readonly<Record<"uploader" | "viewer" | "librarian", Place>>;
  /** What is uploaded again and again; short, so that workers keep up. */
  readonly film: Film;
  /** An asset whose preview is whole, to be watched. */
  readonly watched: string;
}

/** What came of something that went on while people used the platform. */
export interface Crowded<T> {
  readonly result: T;
  readonly ledger: Ledger;
  /** Assets that were uploaded meanwhile. */
  readonly uploaded: readonly string[];
}

/** Pauses between two rounds of a person, in milliseconds of the wall clock: people, not a load test. */
const pauses = { upload: 2000, watch: 150 };

/**
 * Lets people upload, watch and look through the library while something goes on, each from an address and a session of
 * their own.
 *
 * @throws what the action throws; what people meet is in the ledger.
 */
export async function withPeople<T>(
  { places, film, watched }: Occupation,
  action: () => Promise<T>,
): Promise<Crowded<T>> {
  const ledger = new Ledger();
  const ending = new AbortController();
  const uploaded: string[] = [];
  const people: [Editor, () => Promise<unknown>][] = [];
  const join = (place: Place, pause: number, round: (person: Editor) => Promise<unknown>) => {
    const person = new Editor(place, ledger, people.length + 1, ending.signal);
    people.push([person, () => round(person).finally(() => sleep(pause))]);
  };
  join(places.uploader, pauses.upload, async (person) => uploaded.push(await person.upload(film)));
  join(places.viewer, pauses.watch, async (person) =>
    watch(person, await person.playback(watched)),
  );
  join(places.librarian, pauses.watch, (person) => person.library());
  const busy = Promise.all(people.map(([, round]) => untilEnded(round, ledger, ending.signal)));
  try {
    const result = await action();
    ending.abort();
    await busy;
    return { result, ledger, uploaded };
  } finally {
    ending.abort();
    await Promise.all(people.map(([person]) => person.close()));
  }
}

/** Does something again and again. Somebody whom an answer stopped begins anew, and it counts as a refusal. */
async function untilEnded(
  round: () => Promise<unknown>,
  ledger: Ledger,
  ended: AbortSignal,
): Promise<void> {
  while (!ended.aborted) {
    await round().catch((error: unknown) => {
      ledger.stopped(error);
    });
  }
}
