import type { Command } from "commander";

import { environmentCommand } from "../command/action.ts";
import type { Outcome } from "../command/outcome.ts";
import type { Progress } from "../command/progress.ts";
import type { Session } from "../command/session.ts";
import { doctorChecks } from "./checks.ts";
import { runDoctor } from "./doctor.ts";
import { renderReport, reportData } from "./report.ts";

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
  const report = await progress.step(`examining ${name}`, (tell) =>
    runDoctor(session, ({ id, outcome }) => {
      ended += 1;
      tell(`${ended} of ${doctorChecks.length}: ${id} ${outcome}`);
    }),
  );
  return { ok: report.ok, data: reportData(name, report), text: renderReport(name, report) };
}
