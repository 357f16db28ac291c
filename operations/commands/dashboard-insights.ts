import { sendChanges } from "../dashboard/apply.ts";
import { InsightsUnavailable } from "../dashboard/availability.ts";
import type { PlannedChange } from "../dashboard/change.ts";
import { type InsightsPlan, planInsights } from "../dashboard/plan.ts";
import { planRemoval } from "../dashboard/remove.ts";
import { renderChanges, renderInsightsPlan } from "../dashboard/text.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";

/** Exit code of a plan with changes, as of `mam plan --detailed-exitcode`. */
const changesExitCode = 2;

/** `mam dashboard … plan`: what an apply would change on Insights. */
export async function planOfInsights(
  session: Session,
  { detailedExitcode }: { readonly detailedExitcode: boolean },
  progress: Progress,
): Promise<Outcome> {
  const { name } = session.environment.config;
  const planned = await look(session, progress);
  const hasChanges = planned.state === "planned" && planned.changes.length > 0;
  const outcome = outcomeOf(name, planned);
  const next = hasChanges && outcome.ok ? `Next: mam dashboard ${name} apply\n` : "";
  return {
    ...outcome,
    text: `${outcome.text}${next}`,
    ...(outcome.ok && hasChanges && detailedExitcode ? { exitCode: changesExitCode } : {}),
  };
}

/** `mam dashboard … apply`: makes the dashboard and the rules what the environment says. */
export async function applyInsights(
  session: Session,
  _: object,
  progress: Progress,
): Promise<Outcome> {
  const { name } = session.environment.config;
  const planned = await look(session, progress);
  const outcome = outcomeOf(name, planned);
  if (planned.state !== "planned" || !outcome.ok) return outcome;
  await progress.step("changing Insights", (tell) =>
    sendChanges(session, planned.changes, planned.channelId, tell),
  );
  const seen = `https://cloud.digitalocean.com/insights/dashboards?region=${planned.region}`;
  return { ...outcome, text: `${outcome.text}Done: ${seen}\n` };
}

/** `mam dashboard … remove`: takes away what mam made on Insights. */
export async function removeInsights(
  session: Session,
  _: object,
  progress: Progress,
): Promise<Outcome> {
  const { name } = session.environment.config;
  try {
    const changes = await planRemoval(session);
    await progress.step("taking away what mam made on Insights", (tell) =>
      sendChanges(session, changes, undefined, tell),
    );
    const text = changes.length > 0 ? renderChanges(changes) : "  nothing that mam made\n";
    const data = { environment: name, state: "removed", changes: plain(changes) };
    return { ok: true, data, text: `${name} on Insights\n${text}` };
  } catch (error) {
    if (!(error instanceof InsightsUnavailable)) throw error;
    return outcomeOf(name, { state: "unavailable", reason: error.message });
  }
}

function look(session: Session, progress: Progress): Promise<InsightsPlan> {
  return progress.step("asking Insights", () => planInsights(session, new Date()));
}

function outcomeOf(environment: string, planned: InsightsPlan): Outcome {
  const text = renderInsightsPlan(environment, planned);
  if (planned.state !== "planned") {
    const { state, reason } = planned;
    return { ok: state === "off", data: { environment, state, reason }, text };
  }
  const { state, region, changes, problems, awaited } = planned;
  return {
    ok: problems.length === 0,
    data: { environment, state, region, changes: plain(changes), problems, awaited },
    text,
  };
}

/** Changes as data, without how they are made. */
function plain(changes: readonly PlannedChange[]) {
  return changes.map(({ what, name, action, differences }) => ({
    what,
    name,
    action,
    differences,
  }));
}
