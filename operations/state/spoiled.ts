import { NotConfigured } from "../context/credentials.ts";
import type { Session } from "../context/session.ts";
import { type HeldLock, nameOf } from "../platform/held-locks.ts";
import { statePlaceOf } from "../state-place/place-of.ts";
import { unreadableBecause } from "../state-place/unreadable.ts";
import type { Restored } from "./restore-text.ts";
import { summarise } from "./summary.ts";

/**
 * Writes a version of a state over one that stands and is none: Terraform, which reads what it writes over, would end with
 * its error. The version is written as it was, with its serial, so that a state which follows it and lies elsewhere still
 * does.
 *
 * @returns undefined, and writes nothing, where what stands can be read, or nothing does.
 * @throws NotConfigured while somebody holds the lock; Error when something else was written meanwhile
 */
export async function overSpoiled(
  session: Session,
  stack: string,
  text: string,
): Promise<Omit<Restored, "stack" | "wanted"> | undefined> {
  const place = statePlaceOf(session);
  const standing = await place.read(stack);
  if (!standing || unreadableBecause(standing.text) === undefined) return undefined;
  const held = await place.lockOf(stack);
  if (held) throw new NotConfigured(isLocked(session.environment.config.name, held));
  await place.overwrite(stack, text, standing.text);
  const { serial, resources } = summarise(text);
  // Nobody can go back to what stood.
  return { serial, forgotten: [], known: resources, standing: undefined };
}

const isLocked = (environment: string, held: HeldLock) =>
  `The state of ${held.stack} is locked (${nameOf(held)}): somebody may be writing it.\n  fix: mam state show ${environment} says who, and what to do`;
