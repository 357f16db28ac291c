import { type EngineName, findEngines, skipReason } from "../../packages/engines/src/index.ts";

/** The real programs of this machine. */
export const engines = await findEngines();

/** Why tests that need some of them are skipped here: the line that mends it; false when all are there. */
export const skipWithout = (...names: readonly EngineName[]): string | false =>
  skipReason(engines, names) ?? false;
