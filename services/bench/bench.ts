import type { FoundEngine, FoundEngines } from "../../packages/engines/src/index.ts";
import type { Measure } from "./measures.ts";

/** What a benchmark works with. */
export interface Bench {
  /** A directory of its own, which is removed at the end. Readable by everybody: nginx reads as nobody. */
  readonly directory: string;
  /** The services as images have them: `<built>/<service>/dist/main.js`. */
  readonly built: string;
  readonly engines: FoundEngines;
  /** Pairs of runs; undefined for the benchmark's own number. */
  readonly pairs: number | undefined;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Says what is being done now. */
  progress(line: string): void;
  /** Has something ended when the benchmark ends, however it ends; the last one first. */
  defer(end: () => Promise<unknown>): void;
}

/** What came out of a benchmark. */
export interface Outcome {
  readonly measures: readonly Measure[];
  /** What the measures are made of, in lines for people. */
  readonly details: readonly string[];
  /** Every number that was taken, for a program. */
  readonly raw: unknown;
}

/** A benchmark. */
export type Benchmark = (bench: Bench) => Promise<Outcome>;

/** A program that the caller has made sure of. */
export function engineOf({ engines }: Bench, name: keyof FoundEngines["found"]): FoundEngine {
  const engine = engines.found[name];
  if (!engine) throw new Error(`there is no ${name}`);
  return engine;
}

/**
 * Runs both sides of each pair, one after the other, and in the other order each time: what the machine does besides meets
 * both.
 */
export async function inPairs<Ours, Theirs>(
  count: number,
  ours: (pair: number) => Promise<Ours>,
  theirs: (pair: number) => Promise<Theirs>,
): Promise<{ readonly ours: Ours; readonly theirs: Theirs }[]> {
  const pairs: { readonly ours: Ours; readonly theirs: Theirs }[] = [];
  for (let pair = 0; pair < count; pair += 1) {
    const first = pair % 2 === 0 ? await ours(pair) : undefined;
    const other = await theirs(pair);
    pairs.push({ ours: first ?? (await ours(pair)), theirs: other });
  }
  return pairs;
}
