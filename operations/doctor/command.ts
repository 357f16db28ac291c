import type { Command } from "commander";

import { environmentCommand } from "../command/action.ts";
import { renderReport, reportData } from "../command/check-report.ts";
import type { Outcome } from "../command/outcome.ts";
import type { Progress } from "../command/progress.ts";
import type { Session } from "../command/session.ts";
import { doctorChecks, doctorGroups } from "./checks.ts";
import { runDoctor } from "./doctor.ts";

/** `mam doctor`: whether anything stands in the way of a deployment. */
export function declareDoctor(program: Command): void {
  environmentCommand(
    program,
    "doctor",
    "checks everything that can be known before a deployment, and changes nothing",
    ["mam doctor production", "mam doctor staging --json"],
    (session, _, progress) => doctor(session, progress),
  );
}

async function doctor(session: Session, progress: Progress): Promise<Outcome> {
  const { name } = session.environment.config;
  let ended = 0;
  const report = await progress.step(`examining ${name}`, (_, show) =>
    runDoctor(session, ({ id, outcome }) => {
      ended += 1;
      show(`${ended} of ${doctorChecks.length}: ${id} ${outcome}`);
    }),
  );
  const subject = {
    environment: name,
    groups: doctorGroups,
    next: {
      ok: `\`mam plan ${name}\``,
      failed: `mend what failed, then \`mam doctor ${name}\` again`,
    },
  };
  return { ok: report.ok, data: reportData(subject, report), text: renderReport(subject, report) };
}
