import type { Tell } from "../context/progress.ts";
import type { Analysis, Reading } from "./signal.ts";

/** Units as they stand behind a value. */
const units: Readonly<Record<string, string>> = {
  percent: " %",
  milliseconds: " ms",
  seconds: " s",
  hours: " h",
  jobs: " jobs",
};

/** A duration in words: `10 minutes`, `90 seconds`. */
export function inWords(seconds: number): string {
  const isMinutes = seconds >= 60 && seconds % 60 === 0;
  const count = isMinutes ? seconds / 60 : Math.round(seconds);
  return `${count} ${isMinutes ? "minute" : "second"}${count === 1 ? "" : "s"}`;
}

/** Why a release was not kept, in a sentence; undefined for one that nothing speaks against. */
export function whyNotKept({ outcome, seconds, red, unread }: Analysis): string | undefined {
  if (outcome === "turned red") {
    const after = `after ${inWords(seconds)}`;
    return `the release ran, and turned red ${after}: ${red.map(redInWords).join("; ")}`;
  }
  if (outcome === "not known") {
    return `the release runs, and nobody knows whether it does well: ${unread.join("; ")}`;
  }
  return undefined;
}

/** `api error-rate: 5.2 %, at most 1 %`; a rule of Insights has no threshold that it tells. */
function redInWords({ name, observed, threshold, unit }: Analysis["red"][number]): string {
  if (unit === "reachable") return `${name}: it cannot be reached`;
  const sign = units[unit] ?? "";
  if (threshold === null) return observed === null ? name : `${name}: ${observed}`;
  return `${name}: ${observed ?? "nothing"}${sign}, at most ${threshold}${sign}`;
}

const verdicts: Readonly<Record<Analysis["outcome"], string>> = {
  kept: "every level held",
  "turned red": "a level turned red",
  "not known": "not everything could be read, so it is not said to have held",
  interrupted: "broken off; the release stays as it is",
};

/** What watching came to, for a terminal. */
export function renderAnalysis(analysis: Analysis): string {
  const { outcome, seconds, red, before, unread, unasked, unmeasured } = analysis;
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["red", red.map(redInWords)],
    ["red before the release already, and not held against it", before],
    ["not read", unread],
    ["not watched", unasked],
    ["without anything to measure", unmeasured],
  ];
  return [
    `watched for ${inWords(seconds)}: ${verdicts[outcome]}`,
    ...rows
      .filter(([, some]) => some.length > 0)
      .map(([what, some]) => `  ${what}: ${some.join("; ")}`),
    "",
  ].join("\n");
}

/** What a person who watches sees of one look, in one line. */
export function seenLine({ signals, unread }: Reading, passed: number, seconds: number): string {
  const red = signals.filter((one) => one.red).map(({ said }) => said);
  const silences = Object.entries(unread).map(([source, why]) => `${source}: ${why}`);
  const well = signals.filter((one) => !one.red).length;
  const parts = [...red, ...silences, `${well} of ${signals.length} hold`];
  return `${clock(passed)} of ${clock(seconds)}: ${parts.join("; ")}`;
}

const clock = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** Says a line of each look to whoever watches, and one a minute to a log. */
export function lookReporter(seconds: number, tell: Tell, show: Tell) {
  let told = -60;
  return (reading: Reading, passed: number): void => {
    const line = seenLine(reading, passed, seconds);
    show(line);
    if (passed - told < 60) return;
    told = passed;
    tell(line);
  };
}
