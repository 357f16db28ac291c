import { messageOf } from "@mam-infra/clients/message";

import type { Finding } from "../context/finding.ts";
import type { Progress, Tell } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { sendChanges } from "../dashboard/apply.ts";
import { findingsOf } from "../dashboard/findings.ts";
import { planInsights } from "../dashboard/plan.ts";

/**
 * Brings the dashboard and the alert rules to what the environment describes. The release runs already and needs none of
 * it, so whatever fails is a warning with the line that does it again.
 *
 * @throws AbortError when the command is interrupted meanwhile.
 */
export async function applyInsights(
  session: Session,
  progress: Progress,
): Promise<readonly Finding[]> {
  try {
    return await progress.step("dashboard and alert rules on Insights", (tell) =>
      bringUpToDate(session, tell),
    );
  } catch (error) {
    if (session.interruption.aborted) throw error;
    return [notApplied(session, messageOf(error))];
  }
}

async function bringUpToDate(session: Session, tell: Tell): Promise<readonly Finding[]> {
  const plan = await planInsights(session, new Date());
  if (plan.state === "off") {
    tell(`off: ${plan.reason}`);
    return [];
  }
  if (plan.state !== "planned") return [notApplied(session, plan.reason)];
  if (plan.problems.length > 0) return findingsOf(plan.problems, "warning");
  await sendChanges(session, plan.changes, plan.channelId, tell);
  return [];
}

function notApplied({ environment }: Session, found: string): Finding {
  return {
    id: "insights",
    severity: "warning",
    resource: "the dashboard and the alert rules on Insights",
    expected: "as the environment describes them",
    found,
    fix: `\`mam dashboard ${environment.config.name} apply\``,
  };
}
