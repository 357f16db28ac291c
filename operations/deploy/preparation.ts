import type { Progress } from "../command/progress.ts";
import type { Session } from "../command/session.ts";
import { whyNotYet } from "../plan/not-yet.ts";
import { type PlannedStack, planStacks } from "../plan/plan-stacks.ts";
import type { StackPart } from "../terraform/stack-parts.ts";
import { deployedParts } from "../terraform/states.ts";
import { type WrittenStack, synthesiseStacks } from "../terraform/synthesis.ts";
import type { Known } from "../verify/known.ts";
import { type Examination, judgePlans } from "./examination.ts";
import { type AppAlert, misdirectedAlerts } from "./alert-recipients.ts";
import { redeploymentReasons } from "./redeployment.ts";
import { recover } from "./recovery.ts";
import { type Selection, sayingTheSame, selectStacks } from "./selection.ts";
import { lookAtStanding } from "./standing.ts";

/** Everything that is known before a deployment begins. No platform has been changed yet. */
export interface Preparation extends Examination {
  /** The session, with secrets that were sealed on the way. */
  readonly session: Session;
  readonly stacks: Readonly<Record<StackPart, WrittenStack>>;
  readonly planned: readonly PlannedStack[];
  /** Why the other stacks were not planned. */
  readonly reasons: Readonly<Partial<Record<StackPart, string>>>;
  /** What stands of the other stacks, as far as it was asked for. */
  readonly known: Known;
  /** Why the app is deployed again although Terraform has nothing to change in it. */
  readonly redeploys: readonly string[];
  /** Alerts of the app whose recipients are set, which no plan shows. */
  readonly misdirected: readonly AppAlert[];
  /** Whether anything would be changed. */
  readonly changes: boolean;
}

/** Plans what has to be planned, and asks the gate. */
export async function prepareDeployment(
  opened: Session,
  examination: Examination,
  { all }: { readonly all: boolean },
  progress: Progress,
): Promise<Preparation> {
  const [written, deployed] = await Promise.all([synthesiseStacks(opened), deployedParts(opened)]);
  const standing = Object.values(written).filter(({ part }) => deployed.has(part));
  const session = await recover(opened, standing, progress);
  const stacks = session === opened ? written : await synthesiseStacks(session);
  const { before, grounds } = examination;
  const context = { stacks, entries: grounds.history.certain, deployed, all };
  const { known, differences } = await lookAtStanding(
    session,
    [...sayingTheSame(context).keys()],
    progress,
  );
  const { planned, reasons } = await planSelected(
    session,
    selectStacks({ ...context, differences }),
    progress,
  );
  const judgement = await judgePlans(session, planned, examination);
  const { release } = session.environment;
  const { entries } = grounds.history;
  const redeploys = redeploymentReasons({ before, release, planned, entries, data: known.data });
  const misdirected = before ? await misdirectedAlerts(session, before.app.id) : [];
  const changes =
    !planned.some(({ stack }) => stack.part === "app") ||
    planned.some(({ saved }) => saved.changes) ||
    redeploys.length + misdirected.length > 0;
  const besides = { known, redeploys, misdirected };
  return { ...examination, ...besides, session, stacks, planned, reasons, judgement, changes };
}

/** Plans stacks. The app is left for later when it reads what the other stacks have yet to get. */
async function planSelected(
  session: Session,
  { stacks, reasons }: Selection,
  progress: Progress,
): Promise<Pick<Preparation, "planned" | "reasons">> {
  let later: string | undefined;
  const excuse = async ({ part }: WrittenStack, failure: unknown) => {
    if (part !== "app") return undefined;
    later = await whyNotYet(session, failure);
    return later;
  };
  const planned = await planStacks(session, stacks, progress, { excuse });
  return { planned, reasons: later === undefined ? reasons : { ...reasons, app: later } };
}
