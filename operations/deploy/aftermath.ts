import { runChecks } from "../context/check.ts";
import type { Finding } from "../context/finding.ts";
import { messageOf } from "@mam-infra/clients/message";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { leftoverChecks } from "../doctor/checks/leftovers.ts";
import { doctorContext } from "../doctor/context.ts";
import { describeKept, pushUnsaved } from "../state/push.ts";

/**
 * Writes states where they belong that Terraform could not write there. Says in a line each what stays where it is,
 * because what ended the deployment has to be told either way.
 */
export async function saveStates(session: Session, progress: Progress): Promise<string[]> {
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
export async function findLeft(session: Session): Promise<readonly Finding[]> {
  return (await runChecks(leftoverChecks, doctorContext(session))).findings;
}
