import { type Finding, renderFindings } from "../context/finding.ts";
import { messageOf } from "@mam-infra/clients/message";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import type { Deployment, DeploymentResult } from "../deploy/deployment.ts";
import { renderAppFailure } from "../deploy/failure.ts";
import { type Ending, endedEntry, recordOrSay } from "../deploy/record.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { releaseFile } from "../release/release-file.ts";
import { AbortError } from "@mam-infra/clients/abort";
import { prepare, refresh } from "../terraform/stack.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import { synthesiseStacks } from "../terraform/synthesis.ts";
import { verifiedBy } from "../verify/verified.ts";
import { runVerify } from "../verify/verify.ts";
import { takeMachinesAlong } from "./machines-along.ts";
import type { PlatformRollback } from "./platform-rollback.ts";
import { recordLeft } from "./rollback.ts";
import type { Course } from "./target.ts";

/** An emergency rollback whose platform part is over. */
export interface EndedEmergency {
  readonly entry: LedgerEntry;
  readonly done: PlatformRollback;
  readonly course: Course | undefined;
}

/** Brings the state to what runs, verifies, and records. */
export async function endEmergency(
  session: Session,
  { entry, done, course }: EndedEmergency,
  progress: Progress,
): Promise<DeploymentResult> {
  const { name } = session.environment.config;
  if (!done.healthy) {
    const { reason, failure } = done;
    const ended = endedEntry(entry, { result: "failed", reason, findings: [] });
    const lost = await recordOrSay(session, ended);
    const text = `${failure ? renderAppFailure(failure) : ""}${reason}\n${lost}`;
    return { ok: false, entry: ended, findings: [], text };
  }
  const { ok, ending } = await concluded({ session, progress, entry });
  const { findings: all } = ending;
  const ended = endedEntry(entry, { ...ending, deployment: done.deployment });
  const lost = await recordOrSay(session, ended);
  if (course && lost === "") await recordLeft(session, course);
  const text = [
    renderFindings(all),
    `${name}: deployment ${done.deployment} runs, committed, and nothing is pinned. Release ${entry.id}.\n`,
    `${releaseFile(session)} says the same images: commit it.\n`,
    `What else that deployment brought back: mam plan ${name}\n`,
    lost,
  ].join("");
  return { ok: ok && lost === "", entry: ended, findings: all, text };
}

/** Refreshes the state, takes machines along and verifies, unless somebody has no more time for it. */
async function concluded(
  deployment: Pick<Deployment, "session" | "progress" | "entry">,
): Promise<{ readonly ok: boolean; readonly ending: Ending }> {
  const { session, progress } = deployment;
  const unsettled = await refreshState(session, progress);
  const stale = [...unsettled, ...(await takeMachinesAlong(deployment))];
  try {
    const report = await progress.step("verifying", () => runVerify(session));
    const { ok } = report;
    const told = {
      findings: [...stale, ...report.findings],
      verified: verifiedBy(report, new Date()),
    };
    if (ok) return { ok, ending: { result: "succeeded", ...told } };
    const reason = "the images run, and mam verify has findings";
    return { ok, ending: { result: "failed", reason, ...told } };
  } catch (error) {
    if (!(error instanceof AbortError)) throw error;
    const reason = `the images run, and were not verified; ${messageOf(error)}`;
    return { ok: false, ending: { result: "interrupted", reason, findings: stale } };
  }
}

/** Writes what runs into the app's state. When that fails nothing is lost: the next plan does it too. */
async function refreshState(session: Session, progress: Progress): Promise<Finding[]> {
  const { name } = session.environment.config;
  try {
    await progress.step("refreshing the app's state", async () => {
      const { app } = await synthesiseStacks(session);
      const runtime = terraformRuntime(session, app);
      await prepare(app, runtime);
      await refresh(app, runtime);
    });
    return [];
  } catch (error) {
    return [
      {
        id: "state-refreshed",
        severity: "warning",
        resource: `state of ${name}-app`,
        expected: "what runs",
        found: messageOf(error),
        fix: `mam plan ${name}`,
      },
    ];
  }
}
