import type { Session } from "../context/session.ts";
import type { HeldLock } from "../state-place/place.ts";
import { statePlaceOf } from "../state-place/place-of.ts";
import { possibleStacks, stackName } from "../terraform/stack-kinds.ts";

export type { HeldLock } from "../state-place/place.ts";

/** The locks that are held on the states of an environment. */
export async function heldLocks(session: Session): Promise<HeldLock[]> {
  const place = statePlaceOf(session);
  const { config } = session.environment;
  const locks = await Promise.all(
    possibleStacks(config).map((part) => place.lockOf(stackName(config.name, part))),
  );
  return locks.flatMap((held) => held ?? []);
}

/** What a lock is named by on the command line. */
export function nameOf({ stack, lock }: HeldLock): string {
  return lock?.ID ?? stack;
}

/** Removes the lock of a state, whatever it says. */
export async function dropLock(session: Session, stack: string): Promise<void> {
  await statePlaceOf(session).dropLock(stack);
}
