import type { Release } from "../../environments/schema/release.ts";
import type { Progress, Tell } from "../context/progress.ts";
import { type Session, finishing } from "../context/session.ts";
import { type AppFailure, explainFailure } from "../deploy/failure.ts";
import { type SettledApp, settledApp } from "../platform/deployments.ts";
import { writeRelease } from "../release/release-file.ts";
import type { RunningApp } from "../platform/running-app.ts";
import { deferSignals } from "../context/signals.ts";
import { releaseOf } from "./candidate.ts";

/** What the platform's own rollback came to. The app is not pinned afterwards. */
export type PlatformRollback =
  | { readonly healthy: true; readonly deployment: string; readonly release: Release }
  | { readonly healthy: false; readonly reason: string; readonly failure?: AppFailure };

/**
 * Goes back by the platform's own rollback: no plan, no image from the registry, minutes less. The platform pins the app
 * meanwhile, so it is finished whatever happens: committed when what was gone back to runs, reverted when it does not.
 * The release file says what runs before the rollback is committed, or the next deployment would bring the bad release
 * back.
 *
 * @param target the platform's deployment to go back to; undefined to finish a rollback that pins the app already.
 */
export async function rollBackOnPlatform(
  session: Session,
  app: RunningApp,
  target: string | undefined,
  progress: Progress,
): Promise<PlatformRollback> {
  // A signal must not end it half way; a second one does, and the same command finishes it then.
  const steady = finishing(session);
  return progress.step("rolling back on the platform", (tell) =>
    deferSignals(() => pinnedRollback(steady, app, target, tell), tell),
  );
}

async function pinnedRollback(
  session: Session,
  { id: app_id, pinned_deployment: pinned }: RunningApp,
  target: string | undefined,
  tell: Tell,
): Promise<PlatformRollback> {
  const api = session.clients.digitalOcean();
  let deployment = pinned?.id;
  if (deployment === undefined) {
    const body = { deployment_id: target ?? "", skip_pin: false };
    ({ id: deployment } = (await api.call("rollBackApp", { app_id }, { body })).deployment);
  }
  tell(`waiting for deployment ${deployment}`);
  const settled = await settledApp(session);
  const active = settled?.app.active_deployment;
  const release = active?.id === deployment ? releaseOf(active) : undefined;
  if (!release) return revert(session, app_id, settled, tell);
  writeRelease(session, release);
  tell("committing");
  await api.call("commitRollback", { app_id });
  return { healthy: true, deployment, release };
}

async function revert(
  session: Session,
  app_id: string,
  settled: SettledApp | undefined,
  tell: Tell,
): Promise<PlatformRollback> {
  const failure = settled?.newest && (await explainFailure(session, settled.app, settled.newest));
  tell("it does not run: reverting");
  await session.clients.digitalOcean().call("revertRollback", { app_id });
  await settledApp(session);
  const reason = "what was gone back to did not run either; the rollback was reverted";
  return { healthy: false, reason, ...(failure ? { failure } : {}) };
}
