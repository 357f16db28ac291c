import type { Session } from "../command/session.ts";
import { TerraformFailed } from "../terraform/process.ts";
import { appNeeds } from "../terraform/stack-parts.ts";
import { deployedParts } from "../terraform/states.ts";

/** What Terraform calls it when another stack has no state, and when its state lacks an output. */
const missing = { state: "Unable to find remote state", output: "Unsupported attribute" } as const;

/**
 * Why the app cannot be planned yet: it reads the states of the other stacks. Whether they have any is only asked when
 * a plan failed, because on all days but the first they do.
 *
 * @returns undefined when the failure is another one.
 */
export async function whyNotYet(session: Session, failure: unknown): Promise<string | undefined> {
  if (!(failure instanceof TerraformFailed)) return undefined;
  const summaries = failure.diagnostics.map(({ summary }) => summary);
  if (summaries.includes(missing.state)) {
    const deployed = await deployedParts(session);
    const first = appNeeds.filter((part) => !deployed.has(part));
    return first.length === 0
      ? undefined
      : `${first.join(" and ")} come${first.length === 1 ? "s" : ""} first`;
  }
  return summaries.length > 0 && summaries.every((summary) => summary === missing.output)
    ? "it needs outputs that storage or data have only after their deployment"
    : undefined;
}
