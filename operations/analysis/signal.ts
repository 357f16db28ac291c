import type { LedgerEntry } from "../ledger/entry.ts";

/** What is watched after a release: an objective of a service, or an alert rule on Insights. */
export interface Signal {
  /** `api error-rate`, or `Insights services-cpu`. */
  readonly name: string;
  /** Who says it: a service, or Insights. One that says nothing is no sign that its signals are well. */
  readonly source: string;
  /** Whether it is not as it should be. */
  readonly red: boolean;
  /** Null where nothing was measured, or nothing is told. */
  readonly observed: number | null;
  /** The most that it may be, or of `reachable` the least; null where nothing is told. */
  readonly threshold: number | null;
  readonly unit: string;
  /** The same as a sentence. */
  readonly said: string;
}

/** What was seen at one look. */
export interface Reading {
  readonly signals: readonly Signal[];
  /** Sources that gave no answer, by name, each with why. */
  readonly unread: Readonly<Record<string, string>>;
  /** What is not watched here, each with why: nobody takes it for well. */
  readonly unasked: readonly string[];
  /** The app's active deployment; undefined where the platform does not say. */
  readonly deployment: string | undefined;
}

/** What watching a release came to, as the ledger remembers it. */
export type Analysis = NonNullable<LedgerEntry["analysis"]>;
