import { durations } from "@mam-infra/cloud/durations";
import { columns } from "../../operations/context/columns.ts";
import type { ScenarioReport, RehearsalReport } from "../harness/report.ts";

/** What a rehearsal came to, as text for a terminal. */
export function summarise(report: RehearsalReport): string {
  return [
    ...objections(report),
    ...report.acts.flatMap(({ shown }) => (shown.length > 0 ? ["", ...shown] : [])),
    "",
    ...columns([
      ["act", "held", "time", "requests", "resources changed"],
      ...report.acts.map(scenarioRow),
    ]),
    "",
    ...columns([
      ["standing", counts(report.standing)],
      ...Object.entries(report.urls).map(([service, url]) => [service, url]),
    ]),
    "",
    ...realTime(report),
    verdict(report),
    "",
  ].join("\n");
}

function scenarioRow(scenario: ScenarioReport): string[] {
  const held = scenario.statements.filter((statement) => statement.held).length;
  const requests = Object.values(scenario.requests).reduce((sum, count) => sum + count, 0);
  return [
    scenario.name,
    scenario.notRun === undefined ? `${held} of ${scenario.statements.length}` : "not run",
    duration(scenario.seconds),
    String(requests),
    counts(scenario.changed) || "none",
  ];
}

/** Everything that did not hold or was not tried, before anything else. */
function objections({ acts, findings }: RehearsalReport): string[] {
  const broken = acts.flatMap(({ name, statements, error }) => [
    ...statements
      .filter(({ held }) => !held)
      .flatMap((one) => [
        `✗ ${name}: ${one.statement}`,
        ...one.objections.map((text) => `    ${text}`),
      ]),
    ...(error === undefined ? [] : [`✗ ${name} ended early: ${error}`]),
  ]);
  const notRun = acts.flatMap(({ name, notRun: reason }) =>
    reason === undefined ? [] : [`○ ${name} was not run. ${reason}`],
  );
  return [...broken, ...notRun, ...findings.map((finding) => `✗ not rehearsed: ${finding}`)];
}

function realTime({ realDeployment, seconds }: RehearsalReport): string[] {
  if (!realDeployment) return [];
  const steps = realDeployment.steps.map((step) => [`  ${step.address}`, duration(step.seconds)]);
  return [
    `A first deployment on the real platforms takes about ${duration(realDeployment.seconds)}; this rehearsal took ${duration(seconds)}.`,
    "What it waits for, one after the other:",
    ...columns(steps),
    assumptions(),
    "",
  ];
}

function assumptions(): string {
  const all = Object.values(durations);
  const assumed = all.filter((one) => one.assumed).length;
  return `  (${assumed} of ${all.length} durations are assumptions: packages/cloud/src/durations.ts)`;
}

function verdict({
  environment,
  suite,
  acts,
  held,
  providers,
  interrupted,
}: RehearsalReport): string {
  const statements = acts.flatMap((scenario) => scenario.statements);
  const kept = statements.filter((statement) => statement.held).length;
  const without = acts.filter(({ notRun }) => notRun !== undefined).map(({ name }) => name);
  const but = without.length === 0 ? "" : ` Not run: ${without.join(", ")}.`;
  if (interrupted) return `${environment}, ${suite}: interrupted. Everything was put away.`;
  return held
    ? `${environment}, ${suite}: all ${statements.length} statements held, ${providers} providers.${but}`
    : `${environment}, ${suite}: ${kept} of ${statements.length} statements held, ${providers} providers. This rehearsal failed; its files are in .rehearsal/${environment}/.`;
}

function counts(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
