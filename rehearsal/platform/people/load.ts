import { setTimeout as sleep } from "node:timers/promises";

import { Editor, type Place } from "./editor.ts";
import { Ledger } from "./ledger.ts";

/** What one person does, in words, and how. */
type Request = (person: Editor, asset: string) => Promise<unknown>;

const requests = {
  library: (person) => person.library(),
  asset: (person, asset) => person.asset(asset),
  playback: async (person, asset) => {
    const { hls } = await person.playback(asset);
    await person.fetch("a playlist", hls);
  },
  renewal: (person) => person.renew(),
  upload: (person, asset) => person.uploadState(asset),
} as const satisfies Readonly<Record<string, Request>>;

/** A kind of request. */
export type RequestKind = keyof typeof requests;

/**
 * Of a hundred requests to the API, how many are of which kind: mostly lists and assets, each film that is looked at with a
 * playlist of the edge beside it, and a token now and then.
 */
export const mixture: Readonly<Record<RequestKind, number>> = {
  library: 50,
  asset: 22,
  playback: 10,
  renewal: 15,
  upload: 3,
};

/** The hundred, each kind spread evenly over them, so that any part of them has about the same mixture. */
export function deck(): readonly RequestKind[] {
  const kinds = Object.keys(mixture) as RequestKind[];
  const placed = kinds.flatMap((kind) =>
    Array.from({ length: mixture[kind] }, (_, index) => ({
      kind,
      at: (index + 0.5) / mixture[kind],
    })),
  );
  return placed.toSorted((one, other) => one.at - other.at).map(({ kind }) => kind);
}

/** People who work all the while. */
export interface Load {
  readonly ledger: Ledger;
  /** Lets them go home. */
  end(): Promise<void>;
}

/** Pause of a person between two requests, in milliseconds of the wall clock. */
const pause = 150;

/** The first address of these people: others of a scenario have lower ones. */
const firstPerson = 50;

/**
 * Lets people use the platform until they are told to end, each from an address of their own, by the same hundred requests
 * again and again. Whoever is refused goes on with the next request.
 *
 * @param asset that they look at; it belongs to the account of the place.
 */
export function startLoad(place: Place, asset: string, people = 5): Load {
  const ledger = new Ledger();
  const ending = new AbortController();
  const all = Array.from(
    { length: people },
    (_, index) => new Editor(place, ledger, firstPerson + index, ending.signal),
  );
  const busy = Promise.all(all.map((person, index) => work(person, asset, index, ending.signal)));
  return {
    ledger,
    end: async () => {
      ending.abort();
      await busy;
      await Promise.all(all.map((person) => person.close()));
    },
  };
}

async function work(person: Editor, asset: string, first: number, ended: AbortSignal) {
  const kinds = deck();
  // Nobody does the same at the same time.
  for (let turn = first * 17; !ended.aborted; turn += 1) {
    const kind = kinds[turn % kinds.length] ?? "library";
    await requests[kind](person, asset).catch(() => undefined);
    await sleep(pause);
  }
}
