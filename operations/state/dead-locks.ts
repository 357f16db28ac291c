import type { Confirm } from "../context/confirm.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { ledgerOf } from "../ledger/place.ts";
import { forgetTakenLock } from "../ledger/taken-locks.ts";
import { dropLock } from "../platform/held-locks.ts";
import { hcpBackendOf } from "../state-place/workspaces.ts";
import { prepare, unlock } from "../terraform/stack.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import { anyStacks, stackName } from "../terraform/stack-kinds.ts";
import { synthesiseStack } from "../terraform/synthesis.ts";
import { type JudgedLock, describeJudged, judgedLocks } from "./judged-locks.ts";

/**
 * Gives the locks of dead runs of `mam` back, once a person or `--yes` agrees. Those of runs that go on, that may go on, or
 * of which nothing is known stay.
 *
 * @returns the stacks whose states are free now.
 */
export async function releaseDeadLocks(
  session: Session,
  confirm: Confirm,
  progress: Progress,
): Promise<string[]> {
  const dead = (await judgedLocks(session)).filter(({ life }) => life === "dead");
  if (dead.length === 0) return [];
  const text = dead.map((one) => `${describeJudged(one)}.\n`).join("");
  if (!(await confirm(text, dead.length === 1 ? "Give it back?" : "Give them back?"))) return [];
  for (const one of dead) await releaseLock(session, one, progress);
  return dead.map(({ held }) => held.stack);
}

/** Gives a lock back, whoever held it. From any machine: the stack is made ready first, which Terraform needs. */
export async function releaseLock(
  session: Session,
  { held: { stack, lock }, taken }: JudgedLock,
  progress: Progress,
): Promise<void> {
  await progress.step(`unlocking the state of ${stack}`, async () => {
    // Terraform reads a lock before it gives it back, and stops at one that it cannot read. HCP Terraform needs none for it.
    if (!lock || hcpBackendOf(session)) return dropLock(session, stack);
    await giveBack(session, stack, lock.ID);
    if (taken) await forgetTakenLock(ledgerOf(session), lock.ID);
  });
}

async function giveBack(session: Session, name: string, id: string): Promise<void> {
  const { config } = session.environment;
  const kind = anyStacks.find((one) => stackName(config.name, one) === name);
  if (!kind) throw new Error(`${name} is no stack of ${config.name}`);
  const stack = await synthesiseStack(session, kind);
  const runtime = terraformRuntime(session, stack);
  await prepare(stack, runtime);
  await unlock(stack, runtime, id);
}
