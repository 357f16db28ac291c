import type { Finding } from "../context/finding.ts";
import { markdownCode as code, markdownText as text } from "../context/printable.ts";
import { changeInWords as costInWords, deltaInWords, moreInWords } from "../cost/delta-text.ts";
import type { Judgement } from "../gate/gate.ts";
import type { Action } from "../plan/action.ts";
import type { ExplainedStack, PlanExplanation } from "../plan/explanation.ts";
import { adoptionSentence } from "../plan/adoption-line.ts";
import type { Redeployment } from "../plan/redeployment.ts";
import type { ExplainedResource } from "../plan/resources.ts";
import { changeInWords } from "../plan/shown.ts";
import { changedComponents, headline } from "../plan/text.ts";

/** What is shown beside the plan itself. */
export interface MarkdownOptions {
  /** Whether to list what means nothing. */
  readonly all?: boolean;
  readonly judgement?: Judgement;
  /** What it is; `Plan of staging: 1 to change.` without it. */
  readonly heading?: string;
}

const actions: readonly Action[] = ["create", "change", "replace", "destroy"];

/** Columns of the summary; nothing is imported on most days. */
function columnsOf(stacks: readonly ExplainedStack[]): readonly Action[] {
  const isImported = stacks.some(({ resources }) =>
    resources.some(({ action }) => action === "import"),
  );
  return isImported ? ["import", ...actions] : actions;
}

/** A plan for a pull request: a summary that fits on a screen, and details to open. */
export function renderMarkdown(
  explanation: PlanExplanation,
  { all = false, judgement, heading }: MarkdownOptions = {},
): string {
  const { stacks, redeployment, notPlanned, afterwards } = explanation;
  return `${[
    `## ${text(heading ?? `Plan of ${headline(explanation)}`)}`,
    ...(judgement ? [verdict(explanation, judgement), ...gateSections(judgement)] : []),
    ...noticeSections(stacks),
    table(
      ["stack", ...columnsOf(stacks)],
      [
        ...stacks.map(({ name, resources }) => [
          code(name),
          ...counts(resources, columnsOf(stacks)),
        ]),
        ...notPlanned.map(({ part, reason }) => [text(part), `not planned: ${lines(reason)}`]),
      ],
    ),
    ...(redeployment ? redeploymentSections(redeployment) : []),
    ...(afterwards.length > 0
      ? [
          "### Afterwards, once the app has moved",
          afterwards.map((one) => `- ${text(one)}`).join("\n"),
        ]
      : []),
    ...costSections(explanation),
    ...driftSections(explanation),
    ...leftSections(explanation),
    ...keptSections(explanation),
    ...notPlanned.flatMap(laterSections),
    ...stacks.flatMap(stackSections),
    ...(all ? noiseSections(stacks) : []),
  ].join("\n\n")}\n`;
}

/** What a reviewer wants to know first, in a line. */
function verdict({ changes, redeployment, cost }: PlanExplanation, { ok }: Judgement): string {
  const parts = [
    ok ? "The gate lets it pass" : "**The gate refuses it**",
    ...(changes ? [redeployment ? "the app is deployed again" : "the app stays as it is"] : []),
    ...(changes
      ? [`the cost of a month ${cost ? `changes: ${text(deltaInWords(cost))}` : "stays"}`]
      : []),
  ];
  return `${parts.join(" · ")}.`;
}

/** What people and their data notice of it, which is what cannot be taken back. */
function noticeSections(stacks: readonly ExplainedStack[]): string[] {
  const noticed = stacks.flatMap(({ resources }) =>
    resources.flatMap(({ what, means }) =>
      means.map((sentence) => `- ${text(what)}: **${text(sentence)}**`),
    ),
  );
  return noticed.length === 0 ? [] : ["### What people notice", noticed.join("\n")];
}

function counts(resources: readonly ExplainedResource[], columns: readonly Action[]): string[] {
  return columns.map((action) => {
    const { length } = resources.filter((resource) => resource.action === action);
    return length === 0 ? "" : String(length);
  });
}

function redeploymentSections(redeployment: Redeployment): string[] {
  const { isFirst, app, jobs } = redeployment;
  const { changed, unchanged } = changedComponents(redeployment);
  const rows = [
    ...changed.map(({ name, because }) => [code(name), because.map(text).join("<br>")]),
    ...app.map((reason) => ["the app as a whole", text(reason)]),
    ...(unchanged.length > 0
      ? [[unchanged.map(code).join(", "), isFirst ? "new" : "as before"]]
      : []),
  ];
  return [
    isFirst ? "### The app is deployed for the first time" : "### The app is deployed again",
    ...jobs.map(({ name, command }) => `The job ${code(name)} runs first: ${code(command)}.`),
    table(["component", "because"], rows),
  ];
}

function costSections({ cost }: PlanExplanation): string[] {
  if (!cost) return [];
  return [
    `### The cost of a month changes: ${text(deltaInWords(cost))}`,
    table(
      ["resource", "now → then", "more"],
      cost.lines.map((line) => [
        text(line.resource),
        text(costInWords(line)),
        text(moreInWords(line)),
      ]),
    ),
  ];
}

function driftSections({ drift }: PlanExplanation): string[] {
  if (drift.length === 0) return [];
  const rows = drift.map(({ what, path, before, found, planned, keep }) => [
    `${text(what)} ${path === "" ? "" : code(path)}`,
    text(changeInWords(before, found)),
    text(planned),
    "reason" in keep ? text(keep.reason) : code(adoptionSentence(keep)),
  ]);
  return [
    "### Changed in a control panel since the last release",
    "A deployment puts it back.",
    table(["what", "released → now", "after a deployment", "to keep it"], rows),
  ];
}

function leftSections({ left = [] }: PlanExplanation): string[] {
  if (left.length === 0) return [];
  return [
    "### Changed in a control panel since the last release, and stays",
    "The environment says nothing of it.",
    table(
      ["what", "released → now"],
      left.map(({ what, path, before, found }) => [
        `${text(what)} ${code(path)}`,
        text(changeInWords(before, found)),
      ]),
    ),
  ];
}

function keptSections({ kept = [] }: PlanExplanation): string[] {
  if (kept.length === 0) return [];
  return [
    "### Stays as it is: the environment says nothing of it",
    table(
      ["field", "stands", "means"],
      kept.map(({ field, value, means }) => [code(field), text(value), text(means)]),
    ),
  ];
}

function laterSections({ part, resources }: PlanExplanation["notPlanned"][number]): string[] {
  if (!resources) return [];
  const list = resources.map(({ what, address }) => `- ${text(what)} ${code(address)}`);
  return [
    details(`${text(part)}: ${resources.length} resources that are planned later`, list.join("\n")),
  ];
}

function stackSections({ name, resources, warnings }: ExplainedStack): string[] {
  if (resources.length === 0 && warnings.length === 0) return [];
  return [
    details(
      `${text(name)}: ${resources.length} resource${resources.length === 1 ? "" : "s"}`,
      [
        ...resources.flatMap(resourceLines),
        ...warnings.map((warning) => `- Terraform warns: ${text(warning)}`),
      ].join("\n"),
    ),
  ];
}

function resourceLines(resource: ExplainedResource): string[] {
  const { action, address, what, reason, means, attributes } = resource;
  const why = reason === undefined ? "" : `: ${text(reason)}`;
  return [
    `- **${action}** ${text(what)} ${code(address)}${why}`,
    ...means.map((sentence) => `  - **${text(sentence)}**`),
    ...attributes.map(
      ({ path, before, after, replaces }) =>
        `  - ${code(path)} ${text(changeInWords(before, after))}${replaces ? " (replaces it)" : ""}`,
    ),
  ];
}

function noiseSections(stacks: readonly ExplainedStack[]): string[] {
  const lines = stacks.flatMap(({ noise }) =>
    noise.flatMap(({ subject, paths, why }) =>
      paths.map((path) => `- ${code(`${subject} ${path}`.trim())}: ${text(why)}`),
    ),
  );
  return lines.length === 0 ? [] : [details("what means nothing", lines.join("\n"))];
}

function gateSections({ findings, overridden, ok }: Judgement): string[] {
  const list = (heading: string, found: readonly Finding[]) =>
    found.length === 0
      ? []
      : [
          heading,
          table(
            ["rule", "resource", "expected", "found", "fix"],
            found.map(({ id, resource, expected, found: seen, fix }) => [
              code(id),
              ...[resource, expected, seen, fix].map(lines),
            ]),
          ),
        ];
  return [
    ...list(ok ? "### The gate warns" : "### The gate refuses", findings),
    ...list("### Let pass, with a reason", overridden),
  ];
}

function details(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const padded = rows.map((row) => [...row, ...header.slice(row.length).map(() => "")]);
  return [line(header), line(header.map(() => "---")), ...padded.map(line)].join("\n");
}

/** Text of several lines inside a table. */
function lines(value: string): string {
  return value.trimEnd().split("\n").map(text).join("<br>");
}
