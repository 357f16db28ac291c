import { createHash } from "node:crypto";

import type { Environment } from "../../environments/loading/load.ts";
import type { LedgerEntry } from "./entry.ts";

/** What an environment's file says besides the images, as a hash: the checked configuration, defaults included. */
export function settingsOf({ config }: Pick<Environment, "config">): string {
  return createHash("sha256").update(JSON.stringify(config)).digest("hex");
}

/** What tells a release from another. */
export type Told = Pick<LedgerEntry, "images" | "settings">;

/** Whether two releases have the same images. */
export function sameImages(one: Pick<Told, "images">, other: Pick<Told, "images">): boolean {
  return JSON.stringify(one.images) === JSON.stringify(other.images);
}

/** Whether two releases have the same settings; undefined where one is from before there was a record of them. */
export function sameSettings(
  one: Pick<Told, "settings">,
  other: Pick<Told, "settings">,
): boolean | undefined {
  if (one.settings === undefined || other.settings === undefined) return undefined;
  return one.settings === other.settings;
}

/** Whether two releases are the same, images and settings, as far as it is known. */
export function sameRelease(one: Told, other: Told): boolean {
  return sameImages(one, other) && sameSettings(one, other) !== false;
}

/** How a release that failed differs from the last one that went well. */
export interface Blame {
  /** The newest release before it that went well. */
  readonly good: LedgerEntry;
  readonly images: boolean;
  /** Undefined when it is not known. */
  readonly settings: boolean | undefined;
}

/** Compares a release that failed with the last good one before it; undefined when there is none. */
export function blameOf(entries: readonly LedgerEntry[], failed: LedgerEntry): Blame | undefined {
  const position = entries.findIndex(({ id }) => id === failed.id);
  const before = position < 0 ? entries : entries.slice(0, position);
  const good = before.findLast(({ result }) => result === "succeeded");
  if (!good) return undefined;
  const same = sameSettings(good, failed);
  return { good, images: !sameImages(good, failed), settings: same === undefined ? same : !same };
}
