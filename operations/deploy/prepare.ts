import { hasChanges } from "../gpu/machines.ts";
import { namedResources } from "../plan/named.ts";
import { excusingReaders } from "../plan/not-yet.ts";
import { type PlannedStack, planStacks } from "../plan/plan-stacks.ts";
import { withhold } from "../plan/withheld.ts";
import type { AnyStack } from "../terraform/stack-kinds.ts";
import { deployedStacks } from "../terraform/states.ts";
import { synthesiseStacks } from "../terraform/synthesis.ts";
import { misdirectedAlerts } from "./alert-recipients.ts";
import type { Knowing } from "./deployment.ts";
import { allPlanned, laterMachinesOf, writeMachineStack } from "./machine-plan.ts";
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
  return { stacks, deployed, ...(await writeMachineStack({ session })) };
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
  deployment: Knowing<"history" | "stacks" | "machineStack" | "deployed" | "differences">,
) {
  const { session, progress, differences, machineStack } = deployment;
  const { stacks, reasons } = selectStacks({ ...selectionOf(deployment), differences });
  const { reasons: notYet, excuse } = excusingReaders(session);
  // What keeps the app from being planned keeps machines, which read the same states.
  if (machineStack && reasons.app !== undefined) notYet.gpu = reasons.app;
  const machines = notYet.gpu === undefined && machineStack ? [machineStack] : [];
  const made = await planStacks<AnyStack>(session, [...stacks, ...machines], progress, { excuse });
  const machinePlan = made.find(isOfMachines);
  return {
    planned: made.filter(isOfThree),
    ...(machinePlan ? { machinePlan } : {}),
    reasons: { ...reasons, ...notYet },
  };
}

const isOfMachines = (one: PlannedStack<AnyStack>): one is PlannedStack<"gpu"> =>
  one.stack.kind === "gpu";

const isOfThree = (one: PlannedStack<AnyStack>): one is PlannedStack => !isOfMachines(one);

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
  deployment: Knowing<
    keyof Grounds | "stacks" | "known" | "planned" | "machineStack" | "machinePlan" | "machines"
  >,
) {
  const { session, history, before, known, planned, stacks } = deployment;
  const judgement = await judgePlans(session, allPlanned(deployment), deployment);
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
    deployment.machinePlan?.saved.changes === true ||
    hasChanges(deployment.machines);
  const laterMachines = laterMachinesOf(deployment);
  return { judgement, redeploys, misdirected, later, laterMachines, changes };
}

/** Alerts that would be redirected where nothing else is done to the app: a deployment of it sets all of them anyway. */
async function shownAlerts({ session, before, planned }: Knowing<"before" | "planned">) {
  const changes = planned.some(({ stack, saved }) => stack.kind === "app" && saved.changes);
  return before && !changes ? misdirectedAlerts(session, before.app.id) : [];
}
