import { keptFor } from "../plan/withheld.ts";
import { planStacks } from "../plan/plan-stacks.ts";
import { runningApp } from "../platform/running-app.ts";
import { synthesiseStacks } from "../terraform/synthesis.ts";
import { applyOneMore } from "./apply.ts";
import type { Knowing } from "./deployment.ts";
import type { Grounds } from "./preflight.ts";

/**
 * Takes from storage what it kept for the app that ran before, now that another one runs. The platform is asked again
 * what runs, and the plan is judged again. Left out, or interrupted, it is what the next deployment begins with: storage
 * then does not say what was deployed last.
 *
 * @returns nothing when storage kept nothing, or the running app still uses it.
 */
export async function narrowStorage(deployment: Knowing<keyof Grounds | "outcomes" | "entry">) {
  const { kept, ...environment } = deployment.session.environment;
  if (!kept) return {};
  const session = { ...deployment.session, environment };
  const { storage } = await synthesiseStacks(session);
  const [planned] = await planStacks(session, [storage], deployment.progress);
  if (!planned) throw new Error(`${storage.name} was not planned`);
  const app = await runningApp(session);
  const used = await keptFor(environment.rotation, planned, () => Promise.resolve(app));
  if (used) return {};
  const before = app && { app, newest: deployment.before?.newest };
  const applied = await applyOneMore({ ...deployment, session, before }, planned);
  return applied.error === undefined ? { ...applied, narrowed: storage } : applied;
}
