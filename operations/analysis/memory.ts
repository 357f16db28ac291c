import type { Analysis, Reading, Signal } from "./signal.ts";

/** What was seen of a release so far, and what it comes to. */
export interface Memory {
  /** Adds a look. */
  add(reading: Reading): void;
  /** What is red at a look, and was not red before the release without a break. */
  turned(reading: Reading): readonly Signal[];
  /** Whether everything was read at the end, and more often than not before. */
  isKnown(last: Reading): boolean;
  /** What watching came to. */
  end(ending: Ending): Analysis;
}

/** How watching ended. */
export interface Ending {
  readonly outcome: Analysis["outcome"];
  /** How long it was watched. */
  readonly seconds: number;
  readonly last: Reading;
  /** What turned red. */
  readonly red?: readonly Signal[];
  /** Why nothing is known, besides sources that were silent. */
  readonly because?: string;
}

/** A memory that knows only what was seen before the release, if anything. */
export function remember(before: Reading | undefined): Memory {
  const first = (before?.signals ?? []).filter(({ red }) => red);
  const excused = new Map(first.map(({ name, source }) => [name, source]));
  const silences = new Map<string, number>();
  let looks = 0;
  return {
    add: (reading) => {
      looks += 1;
      for (const [name, source] of excused) if (isWell(reading, name, source)) excused.delete(name);
      for (const source of Object.keys(reading.unread)) {
        silences.set(source, (silences.get(source) ?? 0) + 1);
      }
    },
    turned: ({ signals }) => signals.filter(({ name, red }) => red && !excused.has(name)),
    isKnown: ({ unread }) =>
      Object.keys(unread).length === 0 && [...silences.values()].every((one) => one * 2 < looks),
    end: ({ outcome, seconds, last, red = [], because }) => ({
      outcome,
      seconds: Math.round(seconds),
      red: red.map(({ name, observed, threshold, unit }) => ({ name, observed, threshold, unit })),
      before: first.map(({ name }) => name),
      unread: [...(because === undefined ? [] : [because]), ...silent(silences, last, looks)],
      unasked: [...last.unasked],
      unmeasured: last.signals.filter(({ observed }) => observed === null).map(({ name }) => name),
    }),
  };
}

/** Whether something is no longer red. A rule that no longer fires is not told of, as long as somebody tells. */
function isWell({ signals, unread }: Reading, name: string, source: string): boolean {
  const signal = signals.find((one) => one.name === name);
  return signal ? !signal.red : unread[source] === undefined;
}

function silent(silences: ReadonlyMap<string, number>, { unread }: Reading, looks: number) {
  return [...silences].map(([source, times]) => {
    const why = unread[source];
    return `${source}, at ${times} of ${looks} looks${why === undefined ? "" : `: ${why}`}`;
  });
}
