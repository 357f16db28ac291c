import { hasChanges } from "../gpu/machines.ts";
import { namedResources } from "../plan/named.ts";
import { whyNotYet } from "../plan/not-yet.ts";
import { planStacks } from "../plan/plan-stacks.ts";
import { withhold } from "../plan/withheld.ts";
import { deployedStacks } from "../terraform/states.ts";
import { type SynthesizedStack, synthesiseStacks } from "../terraform/synthesis.ts";
import { misdirectedAlerts } from "./alert-recipients.ts";
import type { Knowing } from "./deployment.ts";
import { type Grounds, judgePlans } from "./preflight.ts";
import { recover } from "./recovery.ts";
import { redeploymentReasons } from "./redeployment.ts";
import { sayingTheSame, selectStacks } from "./selection.ts";
import { lookAtStanding } from "./standing.ts";

/** Writes the stacks into the run folder, and asks which of them were deployed before. */
export async function writeStacks({ session }: Knowing) {
  const [stacks, deployed] = await Promise.all([
    synthesiseStacks(session),
    deployedStacks(session),
  ]);
  return { stacks, deployed };
}

/**
 * Does what an earlier deployment had no time for: takes taints from states, and may write the sealed file. The stacks
 * are then written again, with what was sealed.
 */
export async function untaintAndSeal({
  session,
  progress,
  stacks,
  deployed,
}: Knowing<"stacks" | "deployed">) {
  const standing = Object.values(stacks).filter(({ kind }) => deployed.has(kind));
  const recovered = await recover(session, standing, progress);
  if (recovered === session) return { session, stacks };
  return { session: recovered, stacks: await synthesiseStacks(recovered) };
}

/** Looks at what stands of the stacks that say what was deployed last. */
export async function lookAtOthers(deployment: Knowing<"history" | "stacks" | "deployed">) {
  const same = sayingTheSame(selectionOf(deployment));
  return lookAtStanding(deployment.session, [...same.keys()], deployment.progress);
}

/** Plans the stacks that have to be planned. The app is left for later when it reads what the others have yet to get. */
export async function planDeployment(
  deployment: Knowing<"history" | "stacks" | "deployed" | "differences">,
) {
  const { session, progress, differences } = deployment;
  const { stacks, reasons } = selectStacks({ ...selectionOf(deployment), differences });
  let notYet: string | undefined;
  const excuse = async ({ kind }: SynthesizedStack, failure: unknown) => {
    if (kind !== "app") return undefined;
    notYet = await whyNotYet(session, failure);
    return notYet;
  };
  const planned = await planStacks(session, stacks, progress, { excuse });
  return { planned, reasons: notYet === undefined ? reasons : { ...reasons, app: notYet } };
}

function selectionOf({
  options: { all },
  history,
  stacks,
  deployed,
}: Knowing<"history" | "stacks" | "deployed">) {
  return { stacks, entries: history.certain, deployed, all };
}

/** Plans storage again where it would take away what the running app uses. */
export async function keepWhatRunsUses({
  session,
  progress,
  before,
  stacks,
  planned,
}: Knowing<"before" | "stacks" | "planned">) {
  return withhold(session, { stacks, planned }, () => Promise.resolve(before?.app), progress);
}

/** Asks the gate about all plans, and finds out what is done besides them. */
export async function judgeDeployment(
  deployment: Knowing<keyof Grounds | "stacks" | "known" | "planned" | "machines">,
) {
  const { session, history, before, known, planned, stacks } = deployment;
  const judgement = await judgePlans(session, planned, deployment);
  const { release } = session.environment;
  const { entries } = history;
  const redeploys = redeploymentReasons({ before, release, planned, entries, data: known.data });
  const misdirected = await shownAlerts(deployment);
  const hasApp = planned.some(({ stack }) => stack.kind === "app");
  const later = hasApp ? [] : namedResources(stacks.app);
  const changes =
    !hasApp ||
    planned.some(({ saved }) => saved.changes) ||
    redeploys.length + misdirected.length > 0 ||
    hasChanges(deployment.machines);
  return { judgement, redeploys, misdirected, later, changes };
}

/** Alerts that would be redirected where nothing else is done to the app: a deployment of it sets all of them anyway. */
async function shownAlerts({ session, before, planned }: Knowing<"before" | "planned">) {
  const changes = planned.some(({ stack, saved }) => stack.kind === "app" && saved.changes);
  return before && !changes ? misdirectedAlerts(session, before.app.id) : [];
}
