import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { setAlertRecipients } from "./alert-recipients.ts";
import { type AppFailure, explainFailure } from "./failure.ts";
import type { Preparation } from "./preparation.ts";
import { type SettledApp, hasFailed, redeploy, runs, settledApp } from "../platform/deployments.ts";

/** What the platform made of a release, whatever Terraform says about it. */
export interface Rollout {
  /** The app's active deployment, when the release is what runs. */
  readonly deployment?: string;
  /** Why it is not, when a deployment failed. */
  readonly failure?: AppFailure;
}

/**
 * Asks the platform what runs, and waits until it has decided. When it runs something else although nothing was
 * deployed, which is what an earlier failure looks like to Terraform, or the preparation found another reason, a
 * deployment is made.
 *
 * @throws Interrupted when the command is interrupted meanwhile.
 */
export async function awaitRelease(
  session: Session,
  { before, redeploys, misdirected }: Pick<Preparation, "before" | "redeploys" | "misdirected">,
  progress: Progress,
): Promise<Rollout> {
  return progress.step("waiting for the release to run", async (tell) => {
    let settled = await settledApp(session);
    const { release } = session.environment;
    const isDue = (found: SettledApp) => redeploys.length > 0 || !runs(found, release);
    if (settled && !isNew(settled, before) && isDue(settled)) {
      tell(`deploying again: ${redeploys.join("; ") || "the release does not run"}`);
      await redeploy(session, settled.app.id);
      settled = await settledApp(session);
    }
    if (!settled) return {};
    const rollout = await describe(session, settled);
    const mayDiffer = misdirected.length > 0 || isNew(settled, before);
    if (rollout.deployment !== undefined && mayDiffer) {
      await setAlertRecipients(session, settled.app.id, tell);
    }
    return rollout;
  });
}

async function describe(session: Session, settled: SettledApp): Promise<Rollout> {
  const { app, newest } = settled;
  if (runs(settled, session.environment.release)) {
    return app.active_deployment ? { deployment: app.active_deployment.id } : {};
  }
  if (!newest || !hasFailed(newest)) return {};
  return { failure: await explainFailure(session, app, newest) };
}

/**
 * Looks whether Terraform stopped because a deployment of the app failed.
 *
 * @param before the app before anything was applied: an earlier failure explains nothing.
 */
export async function failureSince(
  session: Session,
  before: SettledApp | undefined,
): Promise<AppFailure | undefined> {
  const settled = await settledApp(session);
  if (!settled?.newest || !isNew(settled, before) || !hasFailed(settled.newest)) return undefined;
  return explainFailure(session, settled.app, settled.newest);
}

/** Whether a deployment was made since. */
function isNew({ newest }: SettledApp, before: SettledApp | undefined): boolean {
  return newest?.id !== before?.newest?.id;
}
