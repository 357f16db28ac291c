import { type CheckReport, countedResults } from "../command/check.ts";
import type { Progress } from "../command/progress.ts";
import type { Session } from "../command/session.ts";
import { runDoctor } from "../doctor/doctor.ts";
import { gateContext } from "../gate/context.ts";
import { type Judgement, type Override, judge } from "../gate/gate.ts";
import type { PlannedStack } from "../plan/plan-stacks.ts";
import { unlessInterrupted } from "../terraform/interruption.ts";
import { type SettledApp, settledApp } from "./platform-deployments.ts";

/** What is known of an environment before anything is planned. */
export interface Examination {
  /** The app, once nothing of it is being deployed any more; undefined when there is none. */
  readonly before: SettledApp | undefined;
  readonly doctor: CheckReport;
  /** What the gate says without a plan: a red doctor is a better explanation than the plan that fails by it. */
  readonly judgement: Judgement;
}

/** Asks what runs, and the doctor. Nothing is touched. */
export async function examine(
  session: Session,
  overrides: readonly Override[],
  progress: Progress,
): Promise<Examination> {
  const before = await progress.step("asking what runs", () => settledApp(session));
  const doctor = await progress.step("doctor", async (tell, show) => {
    const examined = await runDoctor(session, ({ what }) => {
      show(what);
    });
    tell(countedResults(examined));
    return examined;
  });
  unlessInterrupted(session.interruption, "nothing was planned");
  const judgement = await judgePlans(session, [], doctor, overrides);
  return { before, doctor, judgement };
}

/** Asks the gate about plans. */
export async function judgePlans(
  session: Session,
  planned: readonly PlannedStack[],
  doctor: CheckReport,
  overrides: readonly Override[],
): Promise<Judgement> {
  return judge(gateContext(session, { planned, doctor }), overrides);
}
