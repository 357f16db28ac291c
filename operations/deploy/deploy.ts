import { throwIfAborted } from "@mam-infra/clients/abort";

import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import type { Judgement } from "../gate/gate.ts";
import { ledgerOf } from "../ledger/place.ts";
import { blameOf } from "../ledger/settings.ts";
import { sharingReads } from "../platform/sparing/shared-reads.ts";
import { releaseDeadLocks } from "../state/dead-locks.ts";
import { pushUnsaved } from "../state/push.ts";
import { afterFailure } from "./after-failure.ts";
import { lookBefore, watchIfAsked } from "./analysis.ts";
import { applyPlans } from "./apply.ts";
import type { Deployment, DeploymentOptions, DeploymentResult } from "./deployment.ts";
import { isTakenBack } from "./end.ts";
import { finishRelease } from "./finish.ts";
import { goBack } from "./going-back.ts";
import { deployMachines, lookAtMachines } from "./gpu.ts";
import { notifyEnd } from "./notify.ts";
import { narrowStorage } from "./narrowing.ts";
import { askDoctor, askWhatRuns, judgePlans, readLedgerOnce } from "./preflight.ts";
import {
  judgeDeployment,
  keepWhatRunsUses,
  lookAtOthers,
  planDeployment,
  untaintAndSeal,
  writeStacks,
} from "./prepare.ts";
import { refuseUnreviewed } from "./reviewed.ts";
import { type Recorded, recordBegin, recordEnd } from "./record.ts";
import { awaitRelease } from "./rollout.ts";
import { nextStep } from "./take-back.ts";
import { renderNext, renderPreparation, renderRefusal, renderResult } from "./text.ts";

/**
 * Brings an environment to what its files say. What is known of the deployment grows from line to line.
 *
 * @throws AbortError when the command is interrupted before anything was changed.
 */
export async function deployEnvironment(
  given: Session,
  options: DeploymentOptions,
  progress: Progress,
): Promise<DeploymentResult> {
  const session = sharingReads(given);
  await releaseDeadLocks(session, options.confirm, progress);
  // First of what reads states, because whatever is read would be read of an older one.
  await pushUnsaved(session, progress);

  const opened = { session, options, progress, store: ledgerOf(session) };
  const informed = { ...opened, ...(await readLedgerOnce(opened)) };
  const settled = { ...informed, ...(await askWhatRuns(informed)) };
  const checked = { ...settled, ...(await askDoctor(settled)) };
  const early = await judgePlans(session, [], checked);
  if (!early.ok) return refused(session, early);

  const written = { ...checked, ...(await writeStacks(checked)) };
  const recovered = { ...written, ...(await untaintAndSeal(written)) };
  const observed = { ...recovered, ...(await lookAtOthers(recovered)) };
  const planned = { ...observed, ...(await planDeployment(observed)) };
  const kept = { ...planned, ...(await keepWhatRunsUses(planned)) };
  const counted = { ...kept, ...(await lookAtMachines(kept)) };
  const judged = { ...counted, ...(await judgeDeployment(counted)) };
  if (!judged.judgement.ok) return refused(session, judged.judgement);
  const unreviewed = await refuseUnreviewed(judged);
  if (unreviewed) return unreviewed;
  if (judged.changes && !(await options.confirm(renderPreparation(judged)))) {
    return notConfirmed(session, judged.judgement);
  }
  throwIfAborted(session.interruption, "nothing was changed");

  const looked = { ...judged, ...(await lookBefore(judged)) };
  const begun = { ...looked, ...(await recordBegin(looked)) };
  const applied = await goOn(begun, applyPlans);
  const running = await goOn(applied, awaitRelease);
  const equipped = await goOn(running, deployMachines);
  const narrowed = await goOn(equipped, narrowStorage);
  const finished = await goOn(narrowed, finishRelease);
  const watched = { ...finished, ...(await watchIfAsked(finished)) };
  return tell(await recordEnd(watched));
}

/** Takes the next step of a deployment that has not come to an end, and does what is left to do when it ends early. */
async function goOn(
  deployment: Deployment,
  step: (deployment: Deployment) => Promise<Partial<Deployment> & { readonly error?: unknown }>,
): Promise<Deployment> {
  if (deployment.end) return deployment;
  const { error, ...more } = await step(deployment).catch((thrown: unknown) => ({ error: thrown }));
  const grown = { ...deployment, ...more };
  return error === undefined ? grown : { ...grown, end: await afterFailure(grown, error) };
}

/** Says what became of a deployment and what to do next, or goes back to the last good release. */
async function tell(recorded: Recorded): Promise<DeploymentResult> {
  const { session, options, history, entry, end, lost } = recorded;
  const blame = blameOf(history.entries, entry);
  const next = await nextStep(session, end, blame);
  const untold = await notifyEnd(session, entry);
  if (isTakenBack(end) && options.rollbackOnFailure) {
    return goBack({ ...recorded, lost: `${lost}${untold}`, blame, next }, deployEnvironment);
  }
  const { name } = session.environment.config;
  return {
    ok: end.result === "succeeded" && lost === "",
    entry,
    findings: end.findings,
    text: `${renderResult(session.environment, entry, end)}${lost}${untold}${renderNext(name, end, next)}`,
  };
}

function refused({ environment }: Session, judgement: Judgement): DeploymentResult {
  const { findings } = judgement;
  const text = renderRefusal(environment.config.name, judgement);
  return { ok: false, entry: undefined, findings, text };
}

function notConfirmed({ environment }: Session, { findings }: Judgement): DeploymentResult {
  const text = `${environment.config.name}: not confirmed. Nothing was changed.\n`;
  return { ok: false, entry: undefined, findings, text };
}
