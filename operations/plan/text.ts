import { columns } from "../context/columns.ts";
import { deltaLines } from "../cost/delta-text.ts";
import type { Action } from "./action.ts";
import type { DriftedField } from "./drift.ts";
import { adoptionSentence } from "./adoption-line.ts";
import type { ExplainedStack, PlanExplanation } from "./explanation.ts";
import type { Noise } from "./noise.ts";
import type { Redeployment } from "./redeployment.ts";
import type { ExplainedResource } from "./resources.ts";
import { changeInWords } from "./shown.ts";

/** Signs of what becomes of a resource, as Terraform's own plans have them. */
const signs: Readonly<Record<Action, string>> = {
  create: "+",
  import: "=",
  change: "~",
  replace: "±",
  destroy: "-",
  forget: ".",
};

/**
 * A plan for a terminal.
 *
 * @param all also shows what is only noise, with why it is.
 */
export function renderPlan(
  explanation: PlanExplanation,
  { all }: { readonly all: boolean },
): string {
  const { environment, stacks, redeployment, afterwards, drift, notPlanned } = explanation;
  const sections = [
    [headline(explanation)],
    ...stacks.map(stackLines),
    redeployment ? redeploymentLines(redeployment) : [],
    afterwards.length > 0
      ? ["afterwards, once the app has moved", ...afterwards.map((line) => `  ${line}`)]
      : [],
    deltaLines(explanation.cost),
    driftLines(drift),
    leftLines(explanation),
    keptLines(explanation),
    notPlanned.length > 0 ? ["not planned", ...notPlanned.flatMap(notPlannedLines)] : [],
    warningLines(stacks),
    noiseLines(environment, noiseOfAll(stacks), all),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** `staging: 1 to create, 2 to change`. */
export function headline({ environment, changes, stacks }: PlanExplanation): string {
  if (!changes) return `${environment}: no changes.`;
  const actions = stacks.flatMap(({ resources }) => resources.map(({ action }) => action));
  const counts = (Object.keys(signs) as Action[])
    .map((action) => ({ action, count: actions.filter((one) => one === action).length }))
    .filter(({ count }) => count > 0)
    .map(({ action, count }) => `${count} to ${action}`);
  return `${environment}: ${counts.join(", ")}.`;
}

/** Everything that means nothing, of all stacks. */
export function noiseOfAll(stacks: readonly ExplainedStack[]): Noise[] {
  return stacks.flatMap(({ noise }) => noise);
}

/** Components that are deployed again because something of them changes, and the names of the others. */
export function changedComponents({ components }: Redeployment) {
  return {
    changed: components.filter(({ because }) => because.length > 0),
    unchanged: components.filter(({ because }) => because.length === 0).map(({ name }) => name),
  };
}

function notPlannedLines({ part, reason, resources }: PlanExplanation["notPlanned"][number]) {
  if (!resources) return [`  ${part}: ${reason}`];
  return [
    `  ${part}: ${reason}; then these ${resources.length} are planned, and made as far as they do not stand yet`,
    ...resources.map(({ what, address }) => `      ${what} (${address})`),
  ];
}

function stackLines({ name, resources }: ExplainedStack): string[] {
  return resources.length === 0 ? [] : [name, ...resources.flatMap(resourceLines)];
}

function resourceLines(resource: ExplainedResource): string[] {
  const { action, address, what, reason, means, attributes } = resource;
  const why = reason === undefined ? "" : `: ${reason}`;
  // What changes in the spec is said where the deployment is explained.
  const own = attributes.filter(({ path }) => !path.startsWith("spec"));
  return [
    `  ${signs[action]} ${action} ${what} (${address})${why}`,
    ...means.map((sentence) => `      ! ${sentence}`),
    ...own.map(
      ({ path, before, after, replaces }) =>
        `      ${path}  ${changeInWords(before, after)}${replaces ? "  (replaces it)" : ""}`,
    ),
  ];
}

function redeploymentLines(redeployment: Redeployment): string[] {
  const { isFirst, app, jobs } = redeployment;
  const { changed, unchanged } = changedComponents(redeployment);
  const others = isFirst ? [] : unchanged;
  return [
    isFirst ? "the app is deployed for the first time" : "the app is deployed again",
    ...(isFirst ? [`  all of it: ${unchanged.join(", ")}`] : []),
    ...columns(changed.map(({ name, because }) => [`  ${name}`, because.join("; ")])),
    ...app.map((reason) => `  the app as a whole: ${reason}`),
    ...(others.length > 0 ? [`  unchanged in it: ${others.join(", ")}`] : []),
    ...jobs.map(({ name, command }) => `  the job ${name} runs before it: ${command}`),
  ];
}

function driftLines(changes: readonly DriftedField[]): string[] {
  if (changes.length === 0) return [];
  return [
    "changed in a control panel since the last release: a deployment puts it back",
    ...changes.flatMap((change) => [
      `  ${change.what}${change.path === "" ? "" : `  ${change.path}`}: ${whatHappened(change)}`,
      `      to keep it  ${adoptionSentence(change.keep)}`,
    ]),
  ];
}

/** What people changed and no deployment puts back; nothing where there is none. */
export function leftLines({ left = [] }: Pick<PlanExplanation, "left">): string[] {
  if (left.length === 0) return [];
  return [
    "changed in a control panel since the last release, and stays: the environment says nothing of it",
    ...left.map(
      ({ what, path, before, found }) => `  ${what}  ${path}: ${changeInWords(before, found)}`,
    ),
  ];
}

/** `2 → 3`, and what becomes of it where that is not what it was. */
function whatHappened({ before, found, planned }: DriftedField): string {
  const change = changeInWords(before, found);
  return planned === before ? change : `${change}, and ${planned} after a deployment`;
}

function keptLines({ kept = [] }: PlanExplanation): string[] {
  if (kept.length === 0) return [];
  return [
    "stays as it is: the environment says nothing of it",
    ...kept.map(({ field, value, means }) => `  ${field}  ${value}: ${means}`),
  ];
}

function warningLines(stacks: readonly ExplainedStack[]): string[] {
  const warnings = new Set(stacks.flatMap((stack) => stack.warnings));
  return warnings.size === 0
    ? []
    : ["Terraform warns", ...[...warnings].map((warning) => `  ${warning}`)];
}

function noiseLines(environment: string, noise: readonly Noise[], all: boolean): string[] {
  if (noise.length === 0) return [];
  if (!all) {
    const count = noise.flatMap(({ paths }) => paths).length;
    return [
      `${count} difference${count === 1 ? " means" : "s mean"} nothing: mam plan ${environment} --all`,
    ];
  }
  const whys = [...new Set(noise.map(({ why }) => why))];
  return [
    "means nothing",
    ...whys.flatMap((why) => [
      `  ${why}`,
      ...noise
        .filter((one) => one.why === why)
        .flatMap(({ subject, paths }) =>
          paths.map((path) => `      ${subject}  ${path}`.trimEnd()),
        ),
    ]),
  ];
}
