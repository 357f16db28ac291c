import { type CheckReport, type CheckResult, countedResults } from "../context/check.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { runDoctor } from "../doctor/doctor.ts";
import { gateContext } from "../gate/context.ts";
import { type Judgement, type Override, judge } from "../gate/gate.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { History } from "../ledger/history.ts";
import type { PlannedStack } from "../plan/plan-stacks.ts";
import { throwIfAborted } from "@mam-infra/clients/abort";
import { plansEnded } from "./plans-beside.ts";
import { type SettledApp, settledApp } from "../platform/deployments.ts";

/** From what a deployment is judged, besides its plans. */
export interface Grounds {
  readonly kind: LedgerEntry["kind"];
  /** Rules of the gate that a person lets pass, with a reason. */
  readonly overrides: readonly Override[];
  /** Asks whether what the text says may be done. */
  readonly confirm: (text: string) => Promise<boolean>;
  /** What the ledger says. */
  readonly history: History;
}

/** What is known of an environment before anything is planned. */
export interface Examination {
  readonly grounds: Grounds;
  /** The app, once nothing of it is being deployed any more; undefined when there is none. */
  readonly before: SettledApp | undefined;
  readonly doctor: CheckReport;
  /** What the gate says without a plan: a red doctor is a better explanation than the plan that fails by it. */
  readonly judgement: Judgement;
}

/** Asks what runs, and the doctor. Nothing is touched. */
export async function examine(
  session: Session,
  grounds: Grounds,
  progress: Progress,
): Promise<Examination> {
  const before = await progress.step("asking what runs", () => settledApp(session));
  const askDoctor = () =>
    progress.step("doctor", async (tell, show) => {
      const ended = ({ what }: CheckResult) => {
        show(what);
      };
      const examined = await runDoctor(session, ended, subjectOf({ grounds, before }));
      tell(countedResults(examined));
      return examined;
    });
  const first = await askDoctor();
  const doctor = (await plansEnded(session, first, progress)) ? await askDoctor() : first;
  throwIfAborted(session.interruption, "nothing was planned");
  const judgement = await judgePlans(session, [], { grounds, before, doctor });
  return { grounds, before, doctor, judgement };
}

/** Asks the gate about plans. What runs is not asked for again. */
export async function judgePlans(
  session: Session,
  planned: readonly PlannedStack[],
  { doctor, ...examined }: Pick<Examination, "grounds" | "before" | "doctor">,
): Promise<Judgement> {
  const context = gateContext(session, { planned, doctor, ...subjectOf(examined) });
  return judge(context, examined.grounds.overrides);
}

function subjectOf({ grounds, before }: Pick<Examination, "grounds" | "before">) {
  return {
    goingBack: grounds.kind !== "deployment",
    past: {
      app: () => Promise.resolve(before?.app),
      entries: () => Promise.resolve(grounds.history.entries),
    },
  };
}
