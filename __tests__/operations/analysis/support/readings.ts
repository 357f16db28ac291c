import type { Reading, Signal } from "../../../../operations/analysis/signal.ts";

/** An objective of the API that is met unless said otherwise. */
export const signal = (changed: Partial<Signal> = {}): Signal => ({
  name: "api error-rate",
  source: "api",
  red: false,
  observed: 0.2,
  threshold: 1,
  unit: "percent",
  said: "api misses error-rate: 5.2 percent, at most 1",
  ...changed,
});

/** The same, missed. */
export const redSignal = signal({ red: true, observed: 5.2 });

/** What is seen when all is well, unless said otherwise. */
export const reading = (changed: Partial<Reading> = {}): Reading => ({
  signals: [signal()],
  unread: {},
  unasked: [],
  deployment: "the release",
  ...changed,
});
