import { AbortError } from "@mam-infra/clients/abort";
import { messageOf } from "@mam-infra/clients/message";

import { runChecks } from "../context/check.ts";
import type { Finding } from "../context/finding.ts";
import type { Progress } from "../context/progress.ts";
import { type Session, finishing } from "../context/session.ts";
import { leftoverChecks } from "../doctor/checks/leftovers.ts";
import { doctorContext } from "../doctor/context.ts";
import { describeKept, pushUnsaved } from "../state/push.ts";
import { stackKinds } from "../terraform/stack-kinds.ts";
import { PlanRefused } from "./apply.ts";
import type { Knowing } from "./deployment.ts";
import { type DeploymentEnd, endOfFailure } from "./end.ts";
import { failureSince } from "./rollout.ts";
import { untaintStateful } from "./taint.ts";

/**
 * Makes the best of whatever ended a deployment early: states are written where they belong, what was created stays, and
 * the reason is said. It never fails.
 */
export async function afterFailure(
  { session, progress, stacks, before, outcomes }: Knowing<"stacks" | "before" | "outcomes">,
  error: unknown,
): Promise<DeploymentEnd> {
  const last = finishing(session);
  const reasons = [messageOf(error), ...(await saveStates(last, progress))];
  for (const kind of stackKinds) {
    if (outcomes[kind] !== "failed" && outcomes[kind] !== "interrupted") continue;
    await untaintStateful(last, stacks[kind]).catch((second: unknown) => {
      reasons.push(`and ${stacks[kind].name} may be left with taints: ${messageOf(second)}`);
    });
  }
  const reason = reasons.join("\n");
  if (error instanceof AbortError || session.interruption.aborted) {
    return { result: "interrupted", reason, findings: [] };
  }
  const findings = error instanceof PlanRefused ? error.findings : await findLeft(session);
  if (outcomes.app !== "failed") return { result: "failed", reason, findings };
  const failure = await failureSince(session, before).catch(() => undefined);
  return failure ? endOfFailure(failure) : { result: "failed", reason, findings };
}

/**
 * Writes states where they belong that Terraform could not write there. Says in a line each what stays where it is,
 * because what ended the deployment has to be told either way.
 */
async function saveStates(session: Session, progress: Progress): Promise<string[]> {
  const { name } = session.environment.config;
  try {
    const { kept } = await pushUnsaved(session, progress);
    return kept
      .map((one) => describeKept(one, name))
      .map(({ resource, found, fix }) => `${resource}: ${found}\n  fix: ${fix}`);
  } catch (error) {
    return [messageOf(error)];
  }
}

/**
 * What stands and no state knows, each with the line that mends it: why Terraform may have found that something exists
 * already.
 */
async function findLeft(session: Session): Promise<readonly Finding[]> {
  return (await runChecks(leftoverChecks, doctorContext(session))).findings;
}
