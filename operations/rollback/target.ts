import { NotConfigured } from "../context/credentials.ts";
import { type Images, areImages } from "../platform/deployments.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { lastGood } from "../ledger/ledger.ts";

/** From where a rollback goes to where. */
export interface Course {
  /** The release that is left: the one that runs, or the newest that was tried. */
  readonly left: LedgerEntry | undefined;
  readonly target: LedgerEntry;
  /** Whether what runs was deployed by something that keeps no ledger. */
  readonly unknown: boolean;
}

/**
 * Chooses the release that a rollback goes to: a named one, or the newest good one with other images than the release
 * that was tried last. What runs and is not in the ledger counts as tried last.
 *
 * @throws NotConfigured when there is none, naming those there are.
 */
export function chooseCourse(
  entries: readonly LedgerEntry[],
  running: Images,
  id: string | undefined,
): Course {
  const course = courseIfAny(entries, running, id);
  if (course) return course;
  if (id !== undefined) throw new NotConfigured(notNamed(entries, id));
  throw new NotConfigured(
    "There is no other good release in the ledger to go back to. mam rollback <environment> --list shows all of it, and --emergency asks the platform what ran before.",
  );
}

/**
 * The course of {@link chooseCourse}; undefined when there is none.
 *
 * @param isSame as `lastGood` has it.
 */
export function courseIfAny(
  entries: readonly LedgerEntry[],
  running: Images,
  id: string | undefined,
  isSame?: Parameters<typeof lastGood>[2],
): Course | undefined {
  const known = entries.findLast((entry) => areImages(running, entry));
  const unknown = known === undefined && Object.values(running).some(Boolean);
  const left = unknown ? undefined : entries.at(-1);
  const target = id === undefined ? lastGood(entries, left, isSame) : ran(entries, id);
  return target && { left, target, unknown };
}

/** A deployment is recorded only when the release ran. */
function ran(entries: readonly LedgerEntry[], id: string): LedgerEntry | undefined {
  return entries.find((entry) => entry.id === id && entry.deployment !== undefined);
}

function notNamed(entries: readonly LedgerEntry[], id: string): string {
  const isKnown = entries.some((entry) => entry.id === id);
  const ids = entries.filter(({ deployment }) => deployment !== undefined).map((one) => one.id);
  const wrong = isKnown ? `Release ${id} never ran.` : `There is no release ${id} in the ledger.`;
  return `${wrong} Expected one of: ${ids.join(", ") || "(none)"}`;
}
