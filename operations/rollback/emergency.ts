import type { Release } from "../../environments/schema/release.ts";
import { NotConfigured } from "../context/credentials.ts";
import { messageOf } from "@mam-infra/clients/message";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import type { DeploymentResult } from "../deploy/deployment.ts";
import { notifyEnd } from "../deploy/notify.ts";
import { newEntry, recordOrSay } from "../deploy/record.ts";
import { type RunningApp, runningApp } from "../platform/running-app.ts";
import { throwIfAborted } from "@mam-infra/clients/abort";
import { releaseOf } from "./candidate.ts";
import { chooseEmergencyCourse } from "./emergency-course.ts";
import { endEmergency } from "./emergency-end.ts";
import { type EmergencyHistory, emergencyHistory } from "./emergency-history.ts";
import { machinesAlong } from "./machines-along.ts";
import { rollBackOnPlatform } from "./platform-rollback.ts";
import type { Course } from "./target.ts";

/** What an emergency rollback is asked to do. */
export interface EmergencyOptions {
  /** Named release; the last good one without it. */
  readonly release: string | undefined;
  readonly confirm: (text: string) => Promise<boolean>;
}

interface Intention {
  readonly app: RunningApp;
  readonly course: Course | undefined;
  /** The platform's deployment; undefined to finish a rollback that pins the app already. */
  readonly target: string | undefined;
  readonly release: Release;
  readonly text: string;
}

/**
 * Goes back by the platform's own rollback, and reconciles the release file, the state and the ledger with it. Neither
 * the doctor nor the gate is asked: it is for when minutes count. Run again after it was killed, it finishes the
 * rollback that still pins the app. Those who are told of deployments are told of it.
 */
export async function rollBackInEmergency(
  session: Session,
  { release, confirm }: EmergencyOptions,
  progress: Progress,
): Promise<DeploymentResult> {
  const history = await progress.step("reading the ledger", async (tell) => {
    const read = await emergencyHistory(session);
    for (const problem of read.problems) tell(problem);
    return read;
  });
  const intention = await progress.step("asking the platform", () =>
    intend(session, history, release),
  );
  const along = machinesAlong(session.environment.config);
  if (!(await confirm(`${intention.text}${along}`))) {
    return {
      ok: false,
      entry: undefined,
      findings: [],
      text: "Not confirmed. Nothing was changed.\n",
    };
  }
  throwIfAborted(session.interruption, "nothing was changed");
  const after = { ...session, environment: { ...session.environment, release: intention.release } };
  const entry = await newEntry(after, {
    kind: "emergency rollback",
    stacks: { storage: undefined, data: undefined, app: undefined },
    overrides: [],
    findings: [],
  });
  // A ledger that cannot be written must not stand in the way here.
  const unrecorded = history.isThere ? await recordOrSay(session, entry) : "";
  const { app, target, course } = intention;
  const done = await rollBackOnPlatform(after, app, target, progress).catch((error: unknown) => ({
    healthy: false as const,
    reason: `${messageOf(error)}\nRun it again: mam rollback ${session.environment.config.name} --emergency`,
  }));
  const result = await endEmergency(after, { entry, done, course }, progress);
  const untold = result.entry ? await notifyEnd(after, result.entry) : "";
  return { ...result, text: `${unrecorded}${result.text}${untold}` };
}

async function intend(
  session: Session,
  history: EmergencyHistory,
  id: string | undefined,
): Promise<Intention> {
  const { name } = session.environment.config;
  const app = await runningApp(session);
  if (!app) throw new NotConfigured(`${name} has no app yet, so there is nothing to roll back.`);
  const { pinned_deployment: pinned } = app;
  if (pinned) {
    const release = releaseOf(pinned);
    if (!release) throw new Error(`deployment ${pinned.id} names images by tags`);
    const text = `A rollback to deployment ${pinned.id} pins the app. It will be finished.\n`;
    return { app, course: undefined, target: undefined, release, text };
  }
  const { candidate, course, text } = await chooseEmergencyCourse(session, app, history, id);
  return { app, course, target: candidate.deployment, release: candidate.release, text };
}
