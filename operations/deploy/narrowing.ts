import type { Progress } from "../context/progress.ts";
import { planStacks } from "../plan/plan-stacks.ts";
import { keptFor } from "../plan/withheld.ts";
import { runningApp } from "../platform/running-app.ts";
import { type SynthesizedStack, synthesiseStacks } from "../terraform/synthesis.ts";
import { type StackOutcomes, applyTogether, unlessRefused } from "./execution.ts";
import type { Preparation } from "./preparation.ts";

/**
 * Takes from storage what it kept for the app that ran before, now that another one runs. The platform is asked again
 * what runs, and the plan is judged again. Left out, or interrupted, it is what the next deployment begins with: storage
 * then does not say what was deployed last.
 *
 * @returns the storage stack as it says now; undefined when it kept nothing, or the running app still uses it.
 */
export async function narrow(
  preparation: Preparation,
  outcomes: StackOutcomes,
  progress: Progress,
): Promise<SynthesizedStack | undefined> {
  const { kept, ...environment } = preparation.session.environment;
  if (!kept) return undefined;
  const session = { ...preparation.session, environment };
  const { storage } = await synthesiseStacks(session);
  const [planned] = await planStacks(session, [storage], progress);
  if (!planned) throw new Error(`${storage.name} was not planned`);
  const app = await runningApp(session);
  const used = await keptFor(environment.rotation, planned, () => Promise.resolve(app));
  if (used) return undefined;
  const before = app && { app, newest: preparation.before?.newest };
  await unlessRefused({ ...preparation, session, before }, planned);
  await applyTogether(session, [planned], outcomes, progress);
  return storage;
}
