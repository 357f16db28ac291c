import type { Progress, Tell } from "../command/progress.ts";
import type { Session } from "../command/session.ts";
import type { TerraformSurroundings } from "../terraform/process.ts";
import { type SavedPlan, plan, prepare } from "../terraform/stack.ts";
import { surroundingsOf } from "../terraform/surroundings.ts";
import type { WrittenStack } from "../terraform/synthesis.ts";

/** A stack and the plan that was made for it. */
export interface PlannedStack {
  readonly stack: WrittenStack;
  readonly saved: SavedPlan;
}

/** How long to wait for somebody else's lock: long enough for another plan to end, and never for a deployment. */
const lockTimeout = "60s";

/** Name of the saved plan in the stack's directory; where `cdktf diff` leaves its own too. */
const planFile = "plan";

/**
 * Plans stacks side by side, and saves a plan of each in its directory.
 *
 * All of them are waited for, so that one run names everything that is wrong, and no Terraform goes on behind the
 * command's back.
 *
 * @throws the failure of the only stack that failed, or an Error with those of all.
 */
export async function planStacks(
  session: Session,
  stacks: readonly WrittenStack[],
  progress: Progress,
): Promise<readonly PlannedStack[]> {
  const surroundings = surroundingsOf(session);
  const results = await progress.together(
    stacks.map((stack) => ({
      title: `planning ${stack.name}`,
      run: (tell: Tell) => planStack(stack, surroundings, tell),
    })),
  );
  const failures = results.flatMap((result) =>
    result.status === "rejected" ? [result.reason as unknown] : [],
  );
  if (failures.length > 1) throw new Error(failures.map(messageOf).join("\n"));
  if (failures.length === 1) throw failures[0];
  return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}

async function planStack(
  stack: WrittenStack,
  surroundings: TerraformSurroundings,
  tell: Tell,
): Promise<PlannedStack> {
  await prepare(stack, surroundings);
  const saved = await plan(stack, surroundings, { file: planFile, lockTimeout });
  tell(saved.changes ? "changes" : "no changes");
  return { stack, saved };
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
