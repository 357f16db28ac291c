import { throwIfAborted } from "@mam-infra/clients/abort";

import { type CheckResult, countedResults } from "../context/check.ts";
import type { Session } from "../context/session.ts";
import { runDoctor } from "../doctor/doctor.ts";
import { gateContext } from "../gate/context.ts";
import { type Judgement, judge } from "../gate/gate.ts";
import { oddityLines } from "../ledger/oddities.ts";
import type { PlannedStack } from "../plan/plan-stacks.ts";
import { settledApp } from "../platform/deployments.ts";
import { forgetReads } from "../platform/sparing/shared-reads.ts";
import type { AnyStack } from "../terraform/stack-kinds.ts";
import type { Deployment, Knowing } from "./deployment.ts";
import { plansEnded } from "./plans-beside.ts";
import { currentHistory } from "./record.ts";

/** Reads the ledger. Entries of deployments that were killed are closed in it. */
export async function readLedgerOnce({ progress, store }: Knowing) {
  const history = await progress.step("reading the ledger", async (tell) => {
    const read = await currentHistory(store);
    for (const line of oddityLines(read.oddities)) tell(line);
    return read;
  });
  return { history };
}

/** Waits until nothing of the app is being deployed, and asks what runs. */
export async function askWhatRuns({ session, progress }: Knowing) {
  return { before: await progress.step("asking what runs", () => settledApp(session)) };
}

/**
 * Asks the doctor, and once more after a plan of somebody else that held a lock.
 *
 * @throws AbortError when the command is interrupted meanwhile.
 */
export async function askDoctor(deployment: Knowing<"history" | "before">) {
  const { session, progress } = deployment;
  const ask = () =>
    progress.step("doctor", async (tell, show) => {
      const ended = ({ what }: CheckResult) => {
        show(what);
      };
      const report = await runDoctor(session, ended, subjectOf(deployment));
      tell(countedResults(report));
      return report;
    });
  const again = () => {
    forgetReads(session);
    return ask();
  };
  const first = await ask();
  const doctor = (await plansEnded(session, first, progress)) ? await again() : first;
  throwIfAborted(session.interruption, "nothing was planned");
  return { doctor };
}

/** What plans are judged by, besides themselves. What runs is not asked for again. */
export type Grounds = Pick<Deployment, "options" | "history" | "before" | "doctor">;

/** Asks the gate about plans. Without any, a red doctor is a better explanation than the plan that fails by it. */
export async function judgePlans(
  session: Session,
  planned: readonly PlannedStack<AnyStack>[],
  { doctor, ...grounds }: Grounds,
): Promise<Judgement> {
  const context = gateContext(session, { planned, doctor, ...subjectOf(grounds) });
  return judge(context, grounds.options.overrides);
}

function subjectOf({ options, history, before }: Omit<Grounds, "doctor">) {
  return {
    goingBack: options.kind !== "deployment",
    past: {
      app: () => Promise.resolve(before?.app),
      entries: () => Promise.resolve(history.entries),
    },
  };
}
