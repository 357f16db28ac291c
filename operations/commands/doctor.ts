import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import { renderReport, reportData } from "./check-report.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { doctorChecks, doctorGroups } from "../doctor/checks.ts";
import { runDoctor } from "../doctor/doctor.ts";

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
