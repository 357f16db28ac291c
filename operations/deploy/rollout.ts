import { throwIfAborted } from "@mam-infra/clients/abort";

import type { Session } from "../context/session.ts";
import { type SettledApp, hasFailed, redeploy, runs, settledApp } from "../platform/deployments.ts";
import { setAlertRecipients } from "./alert-recipients.ts";
import type { Deployment, Knowing } from "./deployment.ts";
import { endOfFailure } from "./end.ts";
import { type AppFailure, explainFailure } from "./failure.ts";

/** What the platform made of a release, whatever Terraform says about it. */
type Rollout = Pick<Deployment, "running" | "end">;

const neither = "the release does not run, and no deployment of it failed: mam verify says more";

/**
 * Asks the platform what runs, and waits until it has decided. When it runs something else although nothing was
 * deployed, which is what an earlier failure looks like to Terraform, or the preparation found another reason, a
 * deployment is made.
 *
 * @throws AbortError when the command is interrupted before or meanwhile.
 */
export async function awaitRelease({
  session,
  progress,
  before,
  redeploys,
  misdirected,
}: Knowing<"before" | "redeploys" | "misdirected">): Promise<Rollout> {
  throwIfAborted(session.interruption, "the release was applied, and not waited for");
  return progress.step("waiting for the release to run", async (tell) => {
    let settled = await settledApp(session);
    const { release } = session.environment;
    const isDue = (found: SettledApp) => redeploys.length > 0 || !runs(found, release);
    if (settled && !isNew(settled, before) && isDue(settled)) {
      tell(`deploying again: ${redeploys.join("; ") || "the release does not run"}`);
      await redeploy(session, settled.app.id);
      settled = await settledApp(session);
    }
    const rollout = await describe(session, settled);
    const mayDiffer = misdirected.length > 0 || (settled && isNew(settled, before));
    if (settled && rollout.running !== undefined && mayDiffer) {
      await setAlertRecipients(session, settled.app.id, tell);
    }
    return rollout;
  });
}

async function describe(session: Session, settled: SettledApp | undefined): Promise<Rollout> {
  const nothing: Rollout = { end: { result: "failed", reason: neither, findings: [] } };
  if (!settled) return nothing;
  const { app, newest } = settled;
  if (runs(settled, session.environment.release)) {
    return app.active_deployment ? { running: app.active_deployment.id } : nothing;
  }
  if (!newest || !hasFailed(newest)) return nothing;
  return { end: endOfFailure(await explainFailure(session, app, newest)) };
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
