import { type CheckReport, type CheckResult, runChecks } from "../context/check.ts";
import type { Session } from "../context/session.ts";
import { throwIfAborted } from "@mam-infra/clients/abort";
import { sharingReads } from "../platform/sparing/shared-reads.ts";
import { doctorChecks } from "./checks.ts";
import { type DoctorSubject, doctorContext } from "./context.ts";

/**
 * Checks everything that can be known before anything is touched, side by side. Nothing is left behind on a platform.
 *
 * @param ended called as each check ends, to show progress.
 * @param subject what is known already.
 * @throws AbortError when the command is interrupted meanwhile.
 * @returns `ok` when nothing stands in the way of a deployment; warnings do not.
 */
export async function runDoctor(
  session: Session,
  ended?: (result: CheckResult) => void,
  subject?: DoctorSubject,
): Promise<CheckReport> {
  const report = await runChecks(
    doctorChecks,
    doctorContext(sharingReads(session), subject),
    ended,
  );
  throwIfAborted(session.interruption, "not everything was checked");
  return report;
}
