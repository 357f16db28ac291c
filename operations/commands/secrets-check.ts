import { renderReport, reportData } from "./check-report.ts";
import { runChecks } from "../context/check.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Session } from "../context/session.ts";
import { secretChecks } from "../doctor/checks/secrets.ts";
import { doctorContext } from "../doctor/context.ts";
import { throwIfAborted } from "@mam-infra/clients/abort";
import { sealingChecks } from "../doctor/secrets.ts";

/** Checks of secrets by heading: the doctor's own, and those that only matter to whoever keeps secrets. */
const groups = [
  { title: "secrets", checks: secretChecks },
  { title: "sealing and rotation", checks: sealingChecks },
] as const;

/** `mam secrets check`: whether every secret is there, sealed, its own, and young enough. */
export async function checkSecrets(session: Session): Promise<Outcome> {
  const { name } = session.environment.config;
  const report = await runChecks([...secretChecks, ...sealingChecks], doctorContext(session));
  throwIfAborted(session.interruption, "not everything was checked");
  const subject = {
    environment: name,
    groups,
    next: {
      ok: `\`mam plan ${name}\``,
      failed: `mend what failed, then \`mam secrets check ${name}\` again`,
    },
  };
  return { ok: report.ok, data: reportData(subject, report), text: renderReport(subject, report) };
}
