import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { whyNotYet } from "../plan/not-yet.ts";
import { type NamedResource, namedResources } from "../plan/named.ts";
import { type PlannedStack, planStacks } from "../plan/plan-stacks.ts";
import type { StackKind } from "../terraform/stack-kinds.ts";
import { withhold } from "../plan/withheld.ts";
import { deployedParts } from "../terraform/states.ts";
import { type SynthesizedStack, synthesiseStacks } from "../terraform/synthesis.ts";
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
  readonly stacks: Readonly<Record<StackKind, SynthesizedStack>>;
  readonly planned: readonly PlannedStack[];
  /** Why the other stacks were not planned. */
  readonly reasons: Readonly<Partial<Record<StackKind, string>>>;
  /** What stands of the other stacks, as far as it was asked for. */
  readonly known: Known;
  /** Why the app is deployed again although Terraform has nothing to change in it. */
  readonly redeploys: readonly string[];
  /** Alerts of the app whose recipients are set, which no plan shows. */
  readonly misdirected: readonly AppAlert[];
  /** Resources of the app where it is planned later only: what is known of them before. */
  readonly later: readonly NamedResource[];
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
  const standing = Object.values(written).filter(({ kind }) => deployed.has(kind));
  const recovered = await recover(opened, standing, progress);
  const texts = recovered === opened ? written : await synthesiseStacks(recovered);
  const { before, grounds } = examination;
  const context = { stacks: texts, entries: grounds.history.certain, deployed, all };
  const { known, differences } = await lookAtStanding(
    recovered,
    [...sayingTheSame(context).keys()],
    progress,
  );
  const selection = selectStacks({ ...context, differences });
  const selected = await planSelected(recovered, selection, progress);
  const { reasons } = selected;
  const { session, stacks, planned } = await withhold(
    recovered,
    { stacks: texts, planned: selected.planned },
    () => Promise.resolve(before?.app),
    progress,
  );
  const judgement = await judgePlans(session, planned, examination);
  const { release } = session.environment;
  const { entries } = grounds.history;
  const redeploys = redeploymentReasons({ before, release, planned, entries, data: known.data });
  const misdirected = await shownAlerts(session, before, planned);
  const hasApp = planned.some(({ stack }) => stack.kind === "app");
  const changes =
    !hasApp ||
    planned.some(({ saved }) => saved.changes) ||
    redeploys.length + misdirected.length > 0;
  const later = hasApp ? [] : namedResources(stacks.app);
  const besides = { known, redeploys, misdirected, later };
  return { ...examination, ...besides, session, stacks, planned, reasons, judgement, changes };
}

/** Alerts that would be redirected where nothing else is done to the app: a deployment of it sets all of them anyway. */
async function shownAlerts(
  session: Session,
  before: Examination["before"],
  planned: readonly PlannedStack[],
): Promise<readonly AppAlert[]> {
  const changes = planned.some(({ stack, saved }) => stack.kind === "app" && saved.changes);
  return before && !changes ? misdirectedAlerts(session, before.app.id) : [];
}

/** Plans stacks. The app is left for later when it reads what the other stacks have yet to get. */
async function planSelected(
  session: Session,
  { stacks, reasons }: Selection,
  progress: Progress,
): Promise<Pick<Preparation, "planned" | "reasons">> {
  let later: string | undefined;
  const excuse = async ({ kind }: SynthesizedStack, failure: unknown) => {
    if (kind !== "app") return undefined;
    later = await whyNotYet(session, failure);
    return later;
  };
  const planned = await planStacks(session, stacks, progress, { excuse });
  return { planned, reasons: later === undefined ? reasons : { ...reasons, app: later } };
}
