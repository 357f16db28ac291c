import type { Session } from "../context/session.ts";
import type { StoredState } from "../state-place/place.ts";
import { statePlaceOf } from "../state-place/place-of.ts";
import { UnreadableState, unreadableBecause } from "../state-place/unreadable.ts";
import {
  type AnyStack,
  type StackKind,
  possibleStacks,
  stackName,
  stackKinds,
} from "./stack-kinds.ts";

/** The stacks that have a state: they were deployed before, if only in part. */
export async function deployedStacks(session: Session): Promise<ReadonlySet<StackKind>> {
  const place = statePlaceOf(session);
  const { name } = session.environment.config;
  const present = await Promise.all(
    stackKinds.map(async (kind) => ({ kind, exists: await place.has(stackName(name, kind)) })),
  );
  return new Set(present.filter(({ exists }) => exists).map(({ kind }) => kind));
}

/**
 * Tells the session's redactor which secrets the states hold. Asked for where something failed: on all other days nobody
 * reads the states for it.
 */
export async function learnStates(session: Session): Promise<void> {
  // A state that cannot be read here could not be read by Terraform either, which then has nothing of it to repeat; and
  // what is to be told is another failure than this one.
  const kinds = possibleStacks(session.environment.config);
  await Promise.allSettled(kinds.map((kind) => readState(session, kind)));
}

/**
 * Text of a stack's newest state, read where it lies and without Terraform, which would need the stack's providers first.
 * Undefined for a stack that was never deployed. It contains secrets in clear: it is never written or shown.
 *
 * @throws NotConfigured without the credentials of the place; UnreadableState where what stands is no state.
 */
export async function readState(session: Session, kind: AnyStack): Promise<string | undefined> {
  return (await readStoredState(session, kind))?.text;
}

/** The same as {@link readState}, with when it was written. */
export async function readStoredState(
  session: Session,
  kind: AnyStack,
): Promise<StoredState | undefined> {
  const stack = stackName(session.environment.config.name, kind);
  const place = statePlaceOf(session);
  const stored = await place.read(stack);
  if (!stored) return undefined;
  learn(session, stored.text);
  const problem = unreadableBecause(stored.text);
  if (problem !== undefined)
    throw new UnreadableState(stack, place.called, problem, place.wayBack(stack));
  return stored;
}

function learn({ redactor }: Session, text: string): void {
  try {
    redactor.learnFrom(JSON.parse(text));
  } catch {
    // Nothing can be learned of it, and nothing of it is said: UnreadableState repeats none.
  }
}
