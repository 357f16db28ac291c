import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { gitHub } from "../github/gh.ts";
import { type IssueOutcome, keepIssue } from "../github/issue.ts";
import { fitting, markerOf } from "../github/marked.ts";
import type { PlanExplanation } from "../plan/explanation.ts";
import { leftLines, renderPlan } from "../plan/text.ts";
import { runOf } from "./comment.ts";
import { renderMarkdown } from "./markdown.ts";
import { makePlan } from "./plan.ts";

/** Options of `mam drift`. */
export interface DriftOptions {
  /** Whether one issue says it. */
  readonly issue: boolean;
}

/**
 * Says whether an environment is as its files say: what was changed in a control panel, by field and with the line that
 * keeps it, and what else a deployment would change. What was changed there and the files say nothing of is told, and is no
 * difference from them. Nothing is changed but the issue.
 *
 * @throws NotConfigured without the platforms' credentials, and with an issue without those of gh.
 */
export async function reportDrift(
  session: Session,
  { issue }: DriftOptions,
  progress: Progress,
): Promise<Outcome> {
  const { explanation } = await makePlan(session, { all: true, override: [] }, progress);
  const { environment, changes, drift, left = [] } = explanation;
  const ok = !changes && drift.length === 0;
  const kept = issue
    ? await progress.step("keeping the issue", () => keep(session, ok, explanation))
    : undefined;
  return {
    ok,
    data: {
      environment,
      changes,
      drift,
      left,
      stacks: explanation.stacks,
      ...(kept ? { issue: kept } : {}),
    },
    text: `${ok ? asItsFilesSay(explanation) : renderPlan(explanation, { all: false })}${kept ? issueLine(kept) : ""}`,
  };
}

function asItsFilesSay(explanation: PlanExplanation): string {
  const lines = [`${explanation.environment} is as its files say.`, ...leftLines(explanation)];
  return lines.map((line) => `${line}\n`).join("");
}

function keep(session: Session, ok: boolean, explanation: PlanExplanation): Promise<IssueOutcome> {
  const { environment } = explanation;
  const marker = markerOf("drift", environment);
  const title = `${environment} is not as its files say`;
  const text = session.redactor.redact(
    `${renderMarkdown(explanation, { heading: title })}\n${advice(environment)}`,
  );
  const body = fitting(text, marker, runOf(session.variables));
  const over = `${environment} is as its files say again.`;
  return keepIssue(gitHub(session), marker, ok ? undefined : { title, body }, over);
}

function advice(environment: string): string {
  return [
    `\`mam deploy ${environment}\` puts it back; a line above, in a pull request, keeps it. This issue is written anew by`,
    "every `mam drift --issue`, and closed when nothing differs any more.",
    "",
  ].join("\n");
}

function issueLine({ action, number }: IssueOutcome): string {
  return number === undefined ? "No issue is open.\n" : `Issue ${number}: ${action}.\n`;
}
