import { AbortError, throwIfAborted } from "@mam-infra/clients/abort";
import type { AccessKey } from "@mam-infra/clients/aws-sdk";

import { machineNumberOf } from "../../constructs/gpu/names.ts";
import { CheckSkipped } from "../context/check.ts";
import type { Tell } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import {
  type MachineChanges,
  machineChanges,
  standingMachines,
  wantedOf,
} from "../gpu/machines.ts";
import { forgetReports } from "../gpu/report.ts";
import { type PlannedStack, planStacks } from "../plan/plan-stacks.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import type { SavedPlan } from "../terraform/saved-plan.ts";
import { plan, prepare } from "../terraform/stack.ts";
import type { StackFolder, SynthesizedStack } from "../terraform/synthesis.ts";
import { activeServiceKeys } from "../verify/storage-access/keys.ts";
import { type Applied, applySaved, unlessRefused } from "./apply.ts";
import type { Deployment, Knowing } from "./deployment.ts";
import { makeMachine } from "./machine.ts";
import type { Grounds } from "./preflight.ts";

/** Nothing becomes of any machine. */
const nothing: MachineChanges = { made: [], replaced: [], removed: [] };

/** Finds out what becomes of machines with a card, to be shown before anything is done; nothing without a stack of them. */
export async function lookAtMachines({
  session,
  machineStack,
}: Pick<Knowing<"machineStack">, "session" | "machineStack">): Promise<{
  readonly machines: MachineChanges;
}> {
  if (!machineStack) return { machines: nothing };
  return { machines: await changesOf(session, (await transcoderKey(session))?.accessKeyId) };
}

async function changesOf(session: Session, key: string | undefined): Promise<MachineChanges> {
  const { environment } = session;
  const wanted = wantedOf(environment, key);
  return machineChanges(environment.config, await standingMachines(session), wanted);
}

/** The key that machines work with; undefined before it is made. */
async function transcoderKey(session: Session): Promise<AccessKey | undefined> {
  try {
    return (await activeServiceKeys(session)).transcoder;
  } catch (error) {
    if (error instanceof CheckSkipped) return undefined;
    throw error;
  }
}

/**
 * Brings the machines to what the environment asks for, once the release runs: what has to be made or replaced one after
 * the other, each waited for, and then whatever else there is, removals included.
 *
 * @throws Error naming a machine that did not report in; it is taken back.
 */
export async function deployMachines(
  deployment: Knowing<keyof Grounds | "entry" | "outcomes" | "machineStack">,
): Promise<Applied | Record<string, never>> {
  const { session, outcomes, machineStack: stack } = deployment;
  if (!stack) return {};
  throwIfAborted(session.interruption, "the release runs, and no machine was begun");
  try {
    const judge = (made: PlannedStack<"gpu">) => unlessRefused(deployment, made);
    const isChanged = await bringMachines(deployment, stack, judge);
    return { outcomes: { ...outcomes, gpu: isChanged ? "applied" : "unchanged" } };
  } catch (error) {
    const gpu = error instanceof AbortError ? "interrupted" : "failed";
    return { outcomes: { ...outcomes, gpu }, error };
  }
}

/**
 * Makes, replaces and removes machines.
 *
 * @param judge says whether the plan may be applied, and throws where it may not.
 * @returns whether there was anything to do.
 */
export async function bringMachines(
  { session, progress, entry }: Pick<Deployment, "session" | "progress" | "entry">,
  stack: SynthesizedStack<"gpu">,
  judge: (made: PlannedStack<"gpu">) => Promise<unknown>,
): Promise<boolean> {
  const [made] = await planStacks(session, [stack], progress);
  if (!made) throw new Error(`${stack.name} was not planned`);
  await judge(made);
  const { saved: first } = made;
  const key = await transcoderKey(session);
  const due = await dueMachines(session, first, key?.accessKeyId);
  for (const number of due) {
    if (!key) throw new Error("the storage stack's state has no key of the transcoder");
    await progress.step(`making machine ${number} of ${stack.name}`, (tell) =>
      makeMachine(session, { stack, number, key, release: entry.id }, tell),
    );
  }
  if (first.changes) {
    await progress.step(`applying ${stack.name}`, (tell) =>
      applyRest(
        session,
        stack,
        { saved: due.length === 0 ? first : undefined, release: entry.id },
        tell,
      ),
    );
  }
  await tidyReports(session);
  return first.changes || due.length > 0;
}

/** Machines that have to be made: by what they are made from, and because Terraform does not find them any more. */
async function dueMachines(
  session: Session,
  { plan: { resource_changes: changes } }: SavedPlan,
  key: string | undefined,
): Promise<number[]> {
  const { made, replaced } = await changesOf(session, key);
  const missing = changes
    .filter(
      ({ type, change }) => type === "digitalocean_droplet" && change.actions.includes("create"),
    )
    .map(({ name }) => machineNumberOf(name));
  return [...new Set([...made, ...replaced, ...missing])].toSorted((one, other) => one - other);
}

async function planned(session: Session, stack: StackFolder): Promise<SavedPlan> {
  const runtime = terraformRuntime(session, stack);
  await prepare(stack, runtime);
  return plan(stack, runtime);
}

/** Applies what is left: alerts, the project, and what goes. */
async function applyRest(
  session: Session,
  stack: StackFolder,
  { saved, release }: { readonly saved: SavedPlan | undefined; readonly release: string },
  tell: Tell,
): Promise<void> {
  const rest = saved ?? (await planned(session, stack));
  if (rest.changes)
    await applySaved(session, release, { stack, saved: rest, toTheEnd: false }, tell);
}

async function tidyReports(session: Session): Promise<void> {
  const standing = await standingMachines(session);
  await forgetReports(
    session,
    standing.map(({ droplet }) => droplet),
  );
}
