import { rmSync } from "node:fs";
import { join } from "node:path";

import type { Progress, Tell } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { planFile } from "../context/run-folder.ts";
import type { SavedPlan } from "../terraform/saved-plan.ts";
import { plan, prepare, readDrift as readDriftOf } from "../terraform/stack.ts";
import type { AnyStack, StackKind } from "../terraform/stack-kinds.ts";
import { readState } from "../terraform/states.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import type { SynthesizedStack } from "../terraform/synthesis.ts";
import { planOfProtected } from "./protected.ts";

/** A stack and the plan that was made for it. */
export interface PlannedStack<Kind extends AnyStack = StackKind> {
  readonly stack: SynthesizedStack<Kind>;
  readonly saved: SavedPlan;
}

/** How stacks are planned. */
export interface PlanningOptions {
  /** Reads plans back in which nothing changes, too, to see what differs from the state. */
  readonly readDrift?: boolean;
  /** Names of secrets whose values are only assumed: the plans are removed once they were read, and never applied. */
  readonly assumed?: readonly string[];
  /**
   * Says why a stack cannot be planned yet, for a failure that is no failure: undefined for one that is. The stack is
   * then left out of the result.
   */
  readonly excuse?: (
    stack: SynthesizedStack<AnyStack>,
    failure: unknown,
  ) => Promise<string | undefined>;
}

/**
 * Plans stacks side by side, and saves a plan of each in the run folder.
 *
 * All of them are waited for, so that one run names everything that is wrong, and no Terraform goes on behind the
 * command's back.
 *
 * @throws the failure of the only stack that failed, or an Error with the messages of all.
 */
export async function planStacks<Kind extends AnyStack>(
  session: Session,
  stacks: readonly SynthesizedStack<Kind>[],
  progress: Progress,
  options: PlanningOptions = {},
): Promise<readonly PlannedStack<Kind>[]> {
  const results = await progress.together(
    stacks.map((stack) => ({
      title: `planning ${stack.name}`,
      run: (tell: Tell) => planStack(session, stack, options, tell),
    })),
  );
  const failures = results.flatMap((result) =>
    result.status === "rejected" ? [result.reason as unknown] : [],
  );
  // Not every failure is one of its stack's own: the wrong Terraform fails for each of them.
  const [first, ...others] = new Set(failures.map(messageOf));
  if (others.length > 0) throw new Error([first, ...others].join("\n"));
  if (failures.length > 0) throw failures[0];
  return results.flatMap((result) =>
    result.status === "fulfilled" && result.value ? [result.value] : [],
  );
}

async function planStack<Kind extends AnyStack>(
  session: Session,
  stack: SynthesizedStack<Kind>,
  { readDrift = false, assumed = [], excuse }: PlanningOptions,
  tell: Tell,
): Promise<PlannedStack<Kind> | undefined> {
  const runtime = terraformRuntime(session, stack);
  try {
    await prepare(stack, runtime);
    const saved = await plan(stack, runtime, { readDrift, assumed });
    if (assumed.length > 0) rmSync(join(stack.directory, planFile), { force: true });
    tell(saved.changes ? "changes" : "no changes");
    return { stack, saved };
  } catch (failure) {
    const refused = await planOfProtected(stack, failure, {
      readState: () => readState(session, stack.kind),
      readDrift: () => readDriftOf(stack, runtime),
    });
    if (refused) {
      tell("Terraform refuses it");
      return { stack, saved: refused };
    }
    const reason = await excuse?.(stack, failure);
    if (reason === undefined) throw failure;
    tell(`not planned: ${reason}`);
    return undefined;
  }
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
