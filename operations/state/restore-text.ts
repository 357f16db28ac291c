import { minuteOf } from "../context/age.ts";
import type { Outcome } from "../context/outcome.ts";
import type { StateVersion } from "../state-place/place.ts";

/** What `mam state restore` did. */
export interface Restored {
  readonly stack: string;
  readonly wanted: StateVersion;
  /** What stood before, and can be gone back to. */
  readonly standing?: StateVersion | undefined;
  /** Undefined where the version stands already. */
  readonly serial?: number;
  /** Addresses that the state knew, and does not know any more. */
  readonly forgotten: readonly string[];
  /** Addresses that it knows again. */
  readonly known: readonly string[];
}

/** What is said of it. */
export function outcome(environment: string, restored: Restored): Outcome {
  const { stack, wanted, standing, serial, forgotten, known } = restored;
  const data = { environment, stack, version: wanted.id, serial, forgotten, known };
  if (serial === undefined)
    return { ok: true, data, text: `That version of the state of ${stack} stands already.\n` };
  const lines = [
    `The state of ${stack} is that of ${minuteOf(wanted.writtenAt)}, as serial ${serial}. Nothing on the platforms was changed.`,
    ...list("It knows again:", known),
    ...list("It does not know any more, though it may stand:", forgotten),
    `Next: mam plan ${environment} shows what a deployment would do now.`,
    ...(standing ? [`Back: mam state restore ${environment} ${stack} ${standing.id}`] : []),
  ];
  return { ok: true, data, text: `${lines.join("\n")}\n` };
}

const list = (title: string, addresses: readonly string[]) =>
  addresses.length === 0 ? [] : [title, ...addresses.map((address) => `  ${address}`)];

/** Refusal of a version that there is not. */
export const noVersion = (environment: string, stack: string, id: string) =>
  `There is no version ${id} of the state of ${stack}.\n  fix: mam state versions ${environment} ${stack}`;

/** Refusal of a version that is no state. */
export const unreadable = (environment: string, stack: string, id: string, problem: string) =>
  `Version ${id} of the state of ${stack} cannot be read: ${problem}.\n  fix: choose another that mam state versions ${environment} ${stack} lists`;

/** Refusal of a version of another lineage. */
export const otherLife = (stack: string, id: string) =>
  [
    `Version ${id} is of another state's life than the one of ${stack} which stands: another lineage.`,
    "  It was made when the stack was deployed from nothing another time, and describes what was made then.",
    `  fix: choose a version of the same life; mam state versions lists all`,
  ].join("\n");
