import type { Session } from "../context/session.ts";
import type { Diagnostic } from "../terraform/messages.ts";
import { TerraformFailed } from "../terraform/process.ts";
import { type AnyStack, appDependencies } from "../terraform/stack-kinds.ts";
import { deployedStacks } from "../terraform/states.ts";
import type { PlanningOptions } from "./plan-stacks.ts";

/** The stacks that read the states of others. */
const readers: readonly AnyStack[] = ["app", "gpu"];

/** Excuses stacks that cannot be planned yet, and keeps why, by stack. */
export function excusingReaders(session: Session) {
  const reasons: Partial<Record<AnyStack, string>> = {};
  const excuse: NonNullable<PlanningOptions["excuse"]> = async ({ kind }, failure) => {
    const reason = readers.includes(kind) ? await whyNotYet(session, failure) : undefined;
    if (reason !== undefined) reasons[kind] = reason;
    return reason;
  };
  return { reasons, excuse };
}

/** What Terraform calls it when another stack has no state. */
const noState = "Unable to find remote state";

/**
 * Whether another stack's state lacks an output, or has it as null: of a run that was killed, or of a stack that was
 * imported and not applied since (Terraform 1.11.4).
 */
function lacksOutput({ summary, detail }: Diagnostic): boolean {
  if (summary === "Unsupported attribute") return true;
  return summary === "Invalid template interpolation value" && detail.includes("result is null");
}

/**
 * Why a stack cannot be planned yet: it reads the states of the other stacks. Whether they have any is only asked when
 * a plan failed, because on all days but the first they do.
 *
 * @returns undefined when the failure is another one.
 */
export async function whyNotYet(session: Session, failure: unknown): Promise<string | undefined> {
  if (!(failure instanceof TerraformFailed)) return undefined;
  const errors = failure.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.some(({ summary }) => summary === noState)) {
    const deployed = await deployedStacks(session);
    const first = appDependencies.filter((part) => !deployed.has(part));
    return first.length === 0
      ? undefined
      : `${first.join(" and ")} come${first.length === 1 ? "s" : ""} first`;
  }
  return errors.length > 0 && errors.every(lacksOutput)
    ? "it needs outputs that storage or data have only after their deployment"
    : undefined;
}
