import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import { renderReport, reportData } from "./check-report.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { verifyGroupsOf } from "../verify/checks.ts";
import { runVerify } from "../verify/verify.ts";

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
  const groups = await verifyGroupsOf(session);
  const count = groups.flatMap(({ checks }) => checks).length;
  let ended = 0;
  const report = await progress.step(`asking what really runs in ${name}`, (_, show) =>
    runVerify(session, ({ id, outcome }) => {
      ended += 1;
      show(`${ended} of ${count}: ${id} ${outcome}`);
    }),
  );
  const subject = {
    environment: name,
    groups,
    next: {
      ok: `nothing to do, \`mam status ${name}\` shows it at a glance`,
      failed: `mend what failed, then \`mam verify ${name}\` again`,
    },
  };
  return { ok: report.ok, data: reportData(subject, report), text: renderReport(subject, report) };
}
