import { renderAnalysis } from "../analysis/text.ts";
import { columns } from "../context/columns.ts";
import { renderFindings } from "../context/finding.ts";
import type { Session } from "../context/session.ts";
import type { Judgement } from "../gate/gate.ts";
import { renderJudgement } from "../gate/text.ts";
import { renderMachines } from "../gpu/text.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { anyStacks } from "../terraform/stack-kinds.ts";
import { explainPlan } from "../plan/explanation.ts";
import type { PlannedStack } from "../plan/plan-stacks.ts";
import { renderPlan } from "../plan/text.ts";
import { shortDigest } from "../release/difference.ts";
import type { Environment } from "../../environments/loading/load.ts";
import { imagesOfRelease } from "../../environments/schema/release.ts";
import { alertName } from "./alert-recipients.ts";
import type { Deployment } from "./deployment.ts";
import type { DeploymentEnd } from "./end.ts";
import { allPlanned, namedLater } from "./machine-plan.ts";
import { renderAppFailure } from "./failure.ts";

/** What is shown of a deployment before it begins. */
type Shown = Pick<
  Deployment,
  | "session"
  | "planned"
  | "machinePlan"
  | "laterMachines"
  | "reasons"
  | "judgement"
  | "later"
  | "doctor"
  | "redeploys"
  | "misdirected"
  | "machines"
>;

/** What a person confirms: the plan, what the gate says, and a deployment that Terraform knows nothing of. */
export function renderPreparation(deployment: Shown): string {
  const { session, reasons, judgement, doctor } = deployment;
  const named = namedLater(deployment);
  const explanation = explainPlan(session.environment, allPlanned(deployment), reasons, [], named);
  const warnings = doctor.findings.filter(({ severity }) => severity === "warning");
  return [
    renderPlan(explanation, { all: false }),
    renderBesides(deployment),
    warnings.length > 0 ? `\n${renderFindings(warnings)}` : "",
    renderJudgement(judgement),
    "\n",
  ].join("");
}

/** What is done besides what Terraform plans. */
function renderBesides({ redeploys, misdirected, machines, session }: Shown): string {
  const { recipients } = session.environment.config.alerting;
  return [
    ...(redeploys.length > 0
      ? [
          "\nthe app is deployed again, although Terraform has nothing to change in it\n",
          ...redeploys.map((reason) => `  ${reason}\n`),
        ]
      : []),
    ...(misdirected.length > 0
      ? [
          `\nalerts of the app that will go to ${recipients.join(", ")}\n`,
          ...misdirected.map(
            (alert) => `  ${alertName(alert)}, which goes to ${(alert.emails ?? []).join(", ")}\n`,
          ),
        ]
      : []),
    renderMachines(session.environment.config, machines),
  ].join("");
}

/** What a person confirms of a stack that was planned later, and does more than was said of it before. */
export function renderLaterPlan(
  { environment }: Session,
  planned: PlannedStack,
  judgement: Judgement,
): string {
  const { kind, name } = planned.stack;
  const explanation = explainPlan(environment, [planned]);
  return [
    `\n${name} could be planned only now, and does more than was said of it before:\n`,
    renderPlan({ ...explanation, notPlanned: [] }, { all: false }),
    renderJudgement(judgement),
    kind === "app" ? "\nWhat else was confirmed is done already.\n" : "\n",
  ].join("");
}

/** A deployment that was not allowed to begin. */
export function renderRefusal(name: string, judgement: Judgement): string {
  return `${renderJudgement(judgement)}${name}: nothing was changed.\n`;
}

const verdicts: Readonly<Record<DeploymentEnd["result"], string>> = {
  succeeded: "runs, and is verified",
  failed: "failed",
  interrupted: "was interrupted; what had begun was finished, and no lock is left",
};

/** Characters before what became of a component or a stack: an indentation, and the longest of their names. */
const nameWidth = 12;

/** What became of a deployment, without what to do next. */
export function renderResult(
  { config }: Environment,
  entry: LedgerEntry,
  { result, reason, findings, failure, analysis }: DeploymentEnd,
): string {
  const seconds = (Date.parse(entry.ended ?? entry.begun) - Date.parse(entry.begun)) / 1000;
  const table = columns(
    [
      ...imagesOfRelease(entry.images).map(([name, digest]) => [`  ${name}`, shortDigest(digest)]),
      ...anyStacks
        .filter((kind) => kind !== "gpu" || entry.stacks.gpu)
        .map((kind) => [`  ${kind}`, entry.stacks[kind]?.outcome ?? ""]),
    ],
    [{ least: nameWidth }],
  );
  return [
    ...table.map((line) => `${line}\n`),
    renderFindings(findings),
    failure ? renderAppFailure(failure) : "",
    analysis ? renderAnalysis(analysis) : "",
    !failure && !analysis && reason !== undefined ? `${reason}\n` : "",
    `${config.name}: release ${entry.id} ${verdicts[result]} (${seconds.toFixed(0)} s).\n`,
  ].join("");
}

/**
 * What a person does next. Nothing when all is well.
 *
 * @param nextStep what to do after a failure; undefined when there was none, or its reason says it.
 */
export function renderNext(
  environment: string,
  { result, sealedFile }: DeploymentEnd,
  nextStep: string | undefined,
): string {
  if (result === "interrupted") return `Go on: mam deploy ${environment}\n`;
  const commit = sealedFile === undefined ? "" : `Commit ${sealedFile}\n`;
  return `${commit}${nextStep ?? ""}`;
}
