import { Argument, type Command } from "commander";

import { type Operands, environmentCommand } from "./action.ts";
import { applyInsights, planOfInsights, removeInsights } from "./dashboard-insights.ts";
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

/** What is done to the dashboard and the rules, by its name on the command line. */
const actions = {
  plan: { run: planOfInsights, changes: false },
  apply: { run: applyInsights, changes: true },
  open: { run: open, changes: false },
  remove: { run: removeInsights, changes: true },
} satisfies Readonly<Record<string, { readonly run: Action; readonly changes: boolean }>>;

/** Of the words on the command line commander has refused every other. */
const chosen = ({ operands: [name] }: Operands) => actions[name as keyof typeof actions];

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
    (session, options, progress) => chosen(options).run(session, options, progress),
    (options) => chosen(options).changes,
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
