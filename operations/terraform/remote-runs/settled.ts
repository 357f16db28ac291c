import type { HcpRunState, HcpRuns } from "@mam-infra/clients/hcp/runs";
import { AbortError } from "@mam-infra/clients/abort";
import { poll } from "../../context/polling.ts";

/** Statuses from which a run goes on by itself (cloud-docs/api-docs/run, run states). */
const moving: ReadonlySet<string> = new Set([
  "pending",
  "fetching",
  "fetching_completed",
  "pre_plan_running",
  "pre_plan_completed",
  "queuing",
  "plan_queued",
  "planning",
  "cost_estimating",
  "cost_estimated",
  "policy_checking",
  "policy_checked",
  "post_plan_running",
  "post_plan_completed",
  "confirmed",
  "queuing_apply",
  "apply_queued",
  "pre_apply_running",
  "pre_apply_completed",
  "applying",
]);

/** How long a run may take with its time in the queue, in seconds: twice the longest deployment that was seen. */
const limitSeconds = 2 * 60 * 60;

/** How a run is waited for. */
export interface Waiting {
  readonly runs: HcpRuns;
  readonly interruption: AbortSignal;
  /** The same runs after an interruption, which ends every wait of the others. */
  readonly afterwards: () => HcpRuns;
  /** Ends what is waited for after an interruption. */
  readonly urgency: AbortSignal;
  /** Called again and again meanwhile. */
  readonly meanwhile?: (run: HcpRunState) => Promise<void>;
  /** Statuses from which it goes on, beside the usual ones: what was confirmed is saved for a moment longer. */
  readonly also?: readonly string[];
}

/**
 * Waits until a run rests: it has ended, or waits for somebody. What became of it is what the service says; nothing is
 * concluded from an exit code.
 *
 * An interruption cancels it and waits for its end, so that none is left that others would wait for.
 *
 * @throws AbortError after an interruption.
 */
export async function settled(id: string, waiting: Waiting): Promise<HcpRunState> {
  const { interruption } = waiting;
  try {
    return await rested(id, waiting, interruption);
  } catch (error) {
    if (!(error instanceof AbortError)) throw error;
    const { status } = await endRun(id, waiting.afterwards(), waiting.urgency);
    throw new AbortError(`the run ${id} has ended, ${status}`);
  }
}

/** Ends a run, whatever it does, and waits for its end. */
async function endRun(id: string, runs: HcpRuns, urgency: AbortSignal): Promise<HcpRunState> {
  const { isDiscardable, isCancelable } = await runs.read(id);
  if (!(isDiscardable && (await runs.discard(id))) && isCancelable) await runs.cancel(id);
  return rested(id, { runs }, urgency);
}

function rested(
  id: string,
  { runs, meanwhile, also = [] }: Pick<Waiting, "runs" | "meanwhile" | "also">,
  interruption: AbortSignal,
): Promise<HcpRunState> {
  return poll(
    async () => {
      const run = await runs.read(id);
      await meanwhile?.(run);
      return moving.has(run.status) || also.includes(run.status) ? undefined : run;
    },
    { what: `the end of the run ${id}`, limitSeconds, interruption },
  );
}
