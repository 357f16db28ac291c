import { type NamedResource, namedResources } from "../plan/named.ts";
import type { PlannedStack } from "../plan/plan-stacks.ts";
import { presentStacks } from "../terraform/present-stacks.ts";
import type { AnyStack } from "../terraform/stack-kinds.ts";
import { synthesiseGpu } from "../terraform/synthesis.ts";
import type { Deployment, Knowing } from "./deployment.ts";

/** Writes the stack of machines with a card, where the environment has one. */
export async function writeMachineStack({
  session,
}: Pick<Knowing, "session">): Promise<Pick<Deployment, "machineStack">> {
  const present = await presentStacks(session);
  return present.includes("gpu") ? { machineStack: await synthesiseGpu(session) } : {};
}

/** Every plan that is judged and shown before anything is applied. */
export function allPlanned({
  planned,
  machinePlan,
}: Pick<Deployment, "planned" | "machinePlan">): readonly PlannedStack<AnyStack>[] {
  return machinePlan ? [...planned, machinePlan] : planned;
}

/** What stacks describe that are planned later only. */
export function namedLater({
  later,
  laterMachines,
}: Pick<Deployment, "later" | "laterMachines">): Partial<
  Record<AnyStack, readonly NamedResource[]>
> {
  return {
    ...(later.length > 0 ? { app: later } : {}),
    ...(laterMachines.length > 0 ? { gpu: laterMachines } : {}),
  };
}

/** Resources of machines that could not be planned before anything is applied. */
export function laterMachinesOf({
  machineStack,
  machinePlan,
}: Pick<Deployment, "machineStack" | "machinePlan">): readonly NamedResource[] {
  return machineStack && !machinePlan ? namedResources(machineStack) : [];
}
