import { initialise } from "./initialisation.ts";
import { type Diagnostic, type Message, progressOf } from "./messages.ts";
import { type PlanJson, emptyPlan, planSchema } from "./plan-json.ts";
import { type TerraformSurroundings, runTerraform } from "./process.ts";
import type { WrittenStack } from "./synthesis.ts";

/** A plan that was saved. */
export interface SavedPlan {
  /** File that Terraform can apply. It contains secrets. */
  readonly file: string;
  /** Whether applying it changes a resource or an output. */
  readonly changes: boolean;
  /** The plan itself; empty where it was not read. */
  readonly plan: PlanJson;
  /** Resources that differ from the state, whoever changed them. */
  readonly drifted: readonly string[];
  /** What Terraform and the providers warn of. */
  readonly warnings: readonly Diagnostic[];
  /** Whether Terraform refused to write it, because it destroys what is protected. Such a plan is never applied. */
  readonly refusedByTerraform?: boolean;
}

/** Makes a stack ready to be planned. */
export async function prepare(
  stack: WrittenStack,
  surroundings: TerraformSurroundings,
): Promise<void> {
  await initialise(stack, surroundings);
}

/** How a stack is planned. */
export interface PlanOptions {
  readonly file: string;
  readonly lockTimeout: string;
  readonly readDrift?: boolean;
}

/**
 * Plans a stack and saves the plan.
 *
 * A plan in which nothing changes is not read back, which would start the providers a second time.
 *
 * @param lockTimeout how long to wait for somebody else's lock, as Terraform writes it: `60s`.
 * @param readDrift reads the plan back too where resources only differ from the state.
 */
export async function plan(
  { directory }: WrittenStack,
  surroundings: TerraformSurroundings,
  { file, lockTimeout, readDrift = false }: PlanOptions,
): Promise<SavedPlan> {
  const drifted: string[] = [];
  const hear = ({ type, change }: Message) => {
    if (type === "resource_drift" && change) drifted.push(change.resource.addr);
  };
  const { exitCode, diagnostics } = await runTerraform(
    surroundings,
    [
      "plan",
      "-input=false",
      "-json",
      "-detailed-exitcode",
      `-lock-timeout=${lockTimeout}`,
      `-out=${file}`,
    ],
    { directory, expected: [2], hear },
  );
  const changes = exitCode === 2;
  const isRead = changes || (readDrift && drifted.length > 0);
  const shown = isRead ? await show(directory, surroundings, file) : emptyPlan;
  const warnings = diagnostics.filter(({ severity }) => severity === "warning");
  return { file, changes, plan: shown, drifted, warnings };
}

async function show(
  directory: string,
  surroundings: TerraformSurroundings,
  file: string,
): Promise<PlanJson> {
  const { stdout } = await runTerraform(surroundings, ["show", "-json", file], { directory });
  const shown: unknown = JSON.parse(stdout);
  // All that an apply will send, and what the states of other stacks hold of it.
  surroundings.redactor.learnFrom(shown);
  return planSchema.parse(shown);
}

/** Applies a saved plan: exactly what was shown, or nothing when the state has changed since. */
export async function apply(
  { directory }: WrittenStack,
  surroundings: TerraformSurroundings,
  { file, lockTimeout }: { readonly file: string; readonly lockTimeout: string },
  tell: (progress: string) => void,
): Promise<void> {
  await runTerraform(
    surroundings,
    ["apply", "-input=false", "-json", `-lock-timeout=${lockTimeout}`, file],
    {
      directory,
      hear: (message) => {
        const progress = progressOf(message);
        if (progress !== undefined) tell(progress);
      },
    },
  );
}

/** Writes into a stack's state what the platforms say, and changes nothing else. */
export async function refresh(
  { directory }: WrittenStack,
  surroundings: TerraformSurroundings,
  lockTimeout: string,
): Promise<void> {
  const options = ["-auto-approve", "-input=false", "-json", `-lock-timeout=${lockTimeout}`];
  await runTerraform(surroundings, ["apply", "-refresh-only", ...options], { directory });
}

/** Tells Terraform that a resource stands after all. */
export async function untaint(
  { directory }: WrittenStack,
  surroundings: TerraformSurroundings,
  address: string,
): Promise<void> {
  await runTerraform(surroundings, ["untaint", address], { directory });
}
