import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { planFile } from "../context/run-folder.ts";
import { initialise } from "./initialisation.ts";
import { type Message, progressOf } from "./messages.ts";
import { type PlanJson, type ResourceChange, emptyPlan, planSchema } from "./plan-json.ts";
import { runLocking } from "./locking.ts";
import { type TerraformRuntime, runTerraform } from "./process.ts";
import type { Heard, PlanOptions, SavedPlan } from "./saved-plan.ts";
import type { StackFolder } from "./synthesis.ts";

/** Thrown when a saved plan is not the one that was shown any more. */
export class PlanChanged extends Error {
  constructor(stack: string) {
    super(
      `the saved plan of ${stack} is not the one that was shown: something changed the file meanwhile. Nothing of it was applied.`,
    );
    this.name = "PlanChanged";
  }
}

/** Makes a stack ready to be planned. */
export async function prepare(stack: StackFolder, runtime: TerraformRuntime): Promise<void> {
  await runtime.checkPlace();
  await initialise(stack, runtime);
}

/**
 * Plans a stack and saves the plan.
 *
 * It takes no lock: it reads the state once and writes nothing, and Terraform refuses to apply it when the state has
 * changed since. So nobody who only looks stands in the way of a deployment. A plan in which nothing changes is not
 * read back, which would start the providers a second time.
 *
 * Where HCP Terraform executes, it is a run of its own there.
 */
export async function plan(
  stack: StackFolder,
  runtime: TerraformRuntime,
  options: PlanOptions = {},
): Promise<SavedPlan> {
  if (runtime.remote) return runtime.remote.plan(stack, options, runtime.interruption);
  const { directory } = stack;
  const drifted: string[] = [];
  const hear = ({ type, change }: Message) => {
    if (type === "resource_drift" && change) drifted.push(change.resource.addr);
  };
  const line = ["plan", "-input=false", "-json", "-detailed-exitcode", "-lock=false"] as const;
  const { exitCode, diagnostics } = await runTerraform(
    runtime,
    [...line, ...(options.flags ?? []), `-out=${planFile}`],
    { directory, expected: [2], hear },
  );
  const digest = digestOf(directory);
  const changes = exitCode === 2;
  const isRead = changes || (options.readDrift === true && drifted.length > 0);
  const shown = isRead ? await show(directory, runtime) : emptyPlan;
  const warnings = diagnostics.filter(({ severity }) => severity === "warning");
  return { digest, changes, plan: shown, drifted, warnings };
}

/**
 * What differs from the state, where no plan can be made: Terraform says it by itself only beside a plan. Nothing is kept of it.
 * Where HCP Terraform executes it is not asked for.
 *
 * @throws TerraformFailed when the platforms cannot be read.
 */
export async function readDrift(
  { directory }: StackFolder,
  runtime: TerraformRuntime,
): Promise<readonly ResourceChange[]> {
  if (runtime.remote) return [];
  const line = ["plan", "-refresh-only", "-input=false", "-json", "-lock=false"] as const;
  try {
    await runTerraform(runtime, [...line, `-out=${planFile}`], { directory });
    return (await show(directory, runtime)).resource_drift;
  } finally {
    rmSync(join(directory, planFile), { force: true });
  }
}

async function show(directory: string, runtime: TerraformRuntime): Promise<PlanJson> {
  const { stdout } = await runTerraform(runtime, ["show", "-json", planFile], { directory });
  const shown: unknown = JSON.parse(stdout);
  // All that an apply will send, and what the states of other stacks hold of it.
  runtime.redactor.learnFrom(shown);
  return planSchema.parse(shown);
}

function digestOf(directory: string): string {
  return createHash("sha256")
    .update(readFileSync(join(directory, planFile)))
    .digest("hex");
}

/**
 * Applies a saved plan: exactly what was shown, or nothing when the file or the state has changed since.
 *
 * @throws PlanChanged when the file has.
 */
export async function apply(
  stack: StackFolder,
  runtime: TerraformRuntime,
  saved: Pick<SavedPlan, "digest">,
  heard: Heard,
): Promise<void> {
  if (runtime.remote) return runtime.remote.apply(stack, saved, heard, runtime.interruption);
  const { name, directory } = stack;
  const { tell, locked = () => undefined } = heard;
  if (digestOf(directory) !== saved.digest) throw new PlanChanged(name);
  await runLocking(runtime, ["apply", "-input=false", "-json"], [planFile], {
    directory,
    hear: (message) => {
      if (message.type === "apply_start") locked();
      const progress = progressOf(message);
      if (progress !== undefined) tell(progress);
    },
  });
}

/**
 * Writes into a stack's state what the platforms say, and changes nothing else.
 *
 * @param only the resources that are asked for, by address; all of them without it.
 */
export async function refresh(
  stack: StackFolder,
  runtime: TerraformRuntime,
  only: readonly string[] = [],
): Promise<void> {
  if (runtime.remote) return runtime.remote.refresh(stack, only, runtime.interruption);
  const { directory } = stack;
  const targets = only.map((address) => `-target=${address}`);
  const line = ["apply", "-refresh-only", "-auto-approve", "-input=false", "-json"] as const;
  await runLocking(runtime, [...line, ...targets], [], { directory });
}

/** Tells Terraform that a resource stands after all. */
export async function untaint(
  { directory }: StackFolder,
  runtime: TerraformRuntime,
  address: string,
): Promise<void> {
  await runLocking(runtime, ["untaint"], [address], { directory });
}

/**
 * Makes something that stands known to a stack's state.
 *
 * @param id as the resource type wants it: the provider's documentation of it says how, under "Import".
 */
export async function importResource(
  { directory }: StackFolder,
  runtime: TerraformRuntime,
  address: string,
  id: string,
): Promise<void> {
  await runLocking(runtime, ["import", "-input=false"], [address, id], { directory });
}

/** Makes a stack's state forget resources, all of them or none. They stand as they were. */
export async function forget(
  { directory }: StackFolder,
  runtime: TerraformRuntime,
  addresses: readonly string[],
): Promise<void> {
  await runLocking(runtime, ["state", "rm"], addresses, { directory });
}

/**
 * Writes a state where a stack's state belongs.
 *
 * @throws TerraformFailed when it does not follow the one which stands.
 */
export async function pushState(
  { directory }: StackFolder,
  runtime: TerraformRuntime,
  file: string,
): Promise<void> {
  await runLocking(runtime, ["state", "push"], [file], { directory });
}

/** Gives a lock back that no run holds any more. */
export async function unlock(
  { directory }: StackFolder,
  runtime: TerraformRuntime,
  lock: string,
): Promise<void> {
  await runTerraform(runtime, ["force-unlock", "-force", lock], { directory });
}
