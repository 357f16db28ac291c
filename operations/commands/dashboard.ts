import { Argument, type Command } from "commander";

import { type Operands, environmentCommand } from "./action.ts";
import { sendChanges } from "../dashboard/apply.ts";
import { InsightsUnavailable } from "../dashboard/availability.ts";
import type { PlannedChange } from "../dashboard/change.ts";
import { type InsightsPlan, planInsights } from "../dashboard/plan.ts";
import { planRemoval } from "../dashboard/remove.ts";
import { renderChanges, renderInsightsPlan } from "../dashboard/text.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";

interface DashboardOptions extends Operands {
  readonly detailedExitcode: boolean;
  readonly json: boolean;
  /** As typed. */
  readonly port?: string;
  readonly browser: boolean;
}

type Action = (session: Session, options: DashboardOptions, progress: Progress) => Promise<Outcome>;

/** Exit code of a plan with changes, as of `mam plan --detailed-exitcode`. */
const changesExitCode = 2;

/** What is done to the dashboard and the rules, by its name on the command line. */
const actions: Readonly<Record<string, { readonly run: Action; readonly changes: boolean }>> = {
  plan: { run: plan, changes: false },
  apply: { run: apply, changes: true },
  open: { run: open, changes: false },
  remove: { run: remove, changes: true },
};

const chosen = ({ operands: [name = ""] }: Operands) => actions[name];

/** `mam dashboard`: the dashboard and the alert rules on DigitalOcean Insights, and the page on this machine. */
export function declareDashboard(program: Command): void {
  environmentCommand<DashboardOptions>(
    program,
    "dashboard",
    "the dashboard and the alert rules on DigitalOcean Insights, which mam deploy applies, too; open: all of it on one page",
    [
      "mam dashboard production plan",
      "mam dashboard production plan --detailed-exitcode; test $? -eq 2 && echo changes",
      "mam dashboard production apply",
      "mam dashboard production open",
      "mam dashboard production open --port 8400 --no-browser",
      "mam dashboard staging remove",
    ],
    async (session, options, progress) => {
      const action = chosen(options);
      // commander has refused every other word.
      if (!action) throw new Error("no such action");
      return action.run(session, options, progress);
    },
    (options) => chosen(options)?.changes ?? false,
  )
    .addArgument(new Argument("<action>", "what is done").choices(Object.keys(actions)))
    .option(
      "--detailed-exitcode",
      "plan: exits with 2 when there are changes; 2 is also bad usage or configuration",
      false,
    )
    .option("--port <number>", "open: port of 127.0.0.1; a free one without it")
    .option("--no-browser", "open: prints the address and starts no browser");
}

async function plan(
  session: Session,
  { detailedExitcode }: DashboardOptions,
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

async function apply(session: Session, _: DashboardOptions, progress: Progress): Promise<Outcome> {
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

/** Serves the page until Ctrl-C. */
async function open(session: Session, options: DashboardOptions): Promise<Outcome> {
  const { name } = session.environment.config;
  if (options.json)
    throw new NotConfigured(
      `open is for a person, --json for a program: mam status ${name} --json has what the page shows`,
    );
  const port = portOf(options);
  const { openPage } = await import("../dashboard-page/open.ts");
  await openPage(session, { browser: options.browser, ...port }, (url) => {
    session.output.result(`${name} on one page, until Ctrl-C:\n\n  ${url}\n\n`);
  });
  return { ok: true, data: {}, text: "" };
}

/** The port as it was typed. @throws NotConfigured for what is none. */
function portOf({ port }: DashboardOptions): { readonly port?: number } {
  if (port === undefined) return {};
  const number = Number(port);
  if (Number.isInteger(number) && number > 0 && number < 65_536) return { port: number };
  throw new NotConfigured(`--port ${port}: expected a number from 1 to 65535`);
}

async function remove(session: Session, _: DashboardOptions, progress: Progress): Promise<Outcome> {
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
