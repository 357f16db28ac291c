import type { CheckReport } from "../context/check.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { heldLocks } from "../platform/held-locks.ts";
import { poll } from "../context/polling.ts";

/** How long to wait for a plan of somebody else, in seconds: the longest that is also waited for the lock of an apply. */
const waitSeconds = 60;

/** What Terraform calls a plan in its lock (1.11.4, internal/backend/backendrun/operation.go). */
const planning = "OperationTypePlan";

/**
 * Waits for plans of somebody else that hold the lock of a state, as `cdktf diff` and `terraform plan` do. They change
 * nothing and end soon. Nothing is asked when the doctor found no lock, and an apply is not waited for.
 *
 * @returns whether a plan was waited for and has ended: the doctor has to be asked again then.
 * @throws AbortError when the command is interrupted meanwhile.
 */
export async function plansEnded(
  session: Session,
  { findings }: CheckReport,
  progress: Progress,
): Promise<boolean> {
  if (!findings.some(({ id }) => id === "state-unlocked")) return false;
  const plans = async () => {
    const locks = await heldLocks(session);
    return locks.every(({ lock }) => lock?.Operation === planning) ? locks : undefined;
  };
  const first = await plans();
  if (!first) return false;
  // Whoever had it when the doctor looked has given it back since.
  if (first.length === 0) return true;
  const who = [...new Set(first.map(({ lock }) => lock?.Who))].join(", ");
  const until = performance.now() + waitSeconds * 1000;
  return progress.step(`waiting for a plan of ${who}, which holds a lock`, () =>
    poll(
      async () => {
        const left = await plans();
        if (left?.length === 0) return true;
        return left === undefined || performance.now() >= until ? false : undefined;
      },
      { what: "the lock", limitSeconds: 2 * waitSeconds, interruption: session.interruption },
    ),
  );
}
