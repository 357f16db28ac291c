import type { Command } from "commander";

import { environmentCommand } from "../command/action.ts";
import type { CheckReport } from "../command/check.ts";
import { renderFindings } from "../command/finding.ts";
import type { Outcome } from "../command/outcome.ts";
import type { Progress } from "../command/progress.ts";
import type { Session } from "../command/session.ts";
import { runVerify } from "./verify.ts";

/** `mam verify`: whether what runs is what was released and configured. */
export function declareVerify(program: Command): void {
  environmentCommand(
    program,
    "verify",
    "asks the platforms whether what runs is what was released and configured",
    ["mam verify production", "mam verify staging --json"],
    (session, _, progress) => verify(session, progress),
  );
}

async function verify(session: Session, progress: Progress): Promise<Outcome> {
  const { name } = session.environment.config;
  const report = await progress.step(`asking what really runs in ${name}`, (tell) =>
    runVerify(session, ({ outcome, what }) => {
      tell(`${outcome}: ${what}`);
    }),
  );
  return { ok: report.ok, data: { environment: name, ...report }, text: render(name, report) };
}

/** What was found, what could not be tried, and the sum. */
function render(name: string, { findings, results, ok }: CheckReport): string {
  const notTried = results.filter(({ outcome }) => outcome === "not tried");
  const held = results.filter(({ outcome }) => outcome === "held").length;
  const rest = notTried.map(({ id, reason = "" }) => `- ${id} was not tried: ${reason}\n`).join("");
  const sum = `${held} of ${results.length} checks hold`;
  return `${renderFindings(findings)}${rest}${
    ok
      ? `${name} runs as released and configured: ${sum}.`
      : `${name} does not run as it should: ${sum}.`
  }\n`;
}
