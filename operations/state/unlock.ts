import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { type HeldLock, dropLock, heldLocks, nameOf } from "../platform/held-locks.ts";
import { prepare, unlock } from "../terraform/stack.ts";
import { refuseHcp } from "../state-place/place-of.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import { synthesiseStacks } from "../terraform/synthesis.ts";

/**
 * `mam state unlock`: gives the lock of a run back that is dead, from any machine: the stack is made ready first, which
 * `terraform force-unlock` needs. A lock that says nothing of itself is named by its stack.
 */
export async function unlockState(
  session: Session,
  { operands: [wanted = ""] }: { readonly operands: readonly string[] },
  progress: Progress,
): Promise<Outcome> {
  refuseHcp(session);
  const { name } = session.environment.config;
  const held = (await heldLocks(session)).find((one) => nameOf(one) === wanted);
  if (!held) {
    throw new NotConfigured(
      `Nobody holds the lock ${wanted} on a state of ${name}. Nothing was changed.\n  fix: mam doctor ${name}`,
    );
  }
  await progress.step(`unlocking the state of ${held.stack}`, () => giveBack(session, held));
  const text = `the state of ${held.stack} is free\nGo on: mam doctor ${name}\n`;
  return { ok: true, data: { environment: name, unlocked: held.stack }, text };
}

async function giveBack(session: Session, { stack: name, lock }: HeldLock): Promise<void> {
  // Terraform reads a lock before it gives it back, and stops at one that it cannot read.
  if (!lock) return dropLock(session, name);
  const stack = Object.values(await synthesiseStacks(session)).find((one) => one.name === name);
  if (!stack) throw new Error(`${name} was not written`);
  const runtime = terraformRuntime(session, stack);
  await prepare(stack, runtime);
  await unlock(stack, runtime, lock.ID);
}
