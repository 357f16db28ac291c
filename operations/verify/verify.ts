import { type CheckReport, type CheckResult, runChecks } from "../context/check.ts";
import type { Finding } from "../context/finding.ts";
import type { Session } from "../context/session.ts";
import { throwIfAborted } from "@mam-infra/clients/abort";
import { sharingReads } from "../platform/sparing/shared-reads.ts";
import { verifyGroupsOf } from "./checks.ts";
import { verifyContext } from "./context.ts";
import type { KnownState } from "./known.ts";

/**
 * Asks the platforms, from outside, whether what runs is what was released and configured. State and plan are not
 * believed: a failed deployment leaves both as if it had gone well.
 *
 * @param ended called as each check ends, to show progress.
 * @param known what a deployment has asked for already, and has not touched since.
 * @returns `ok` when there is no error; warnings do not count.
 * @throws NotConfigured without a DigitalOcean token. Without other credentials the checks that need them are skipped.
 */
export async function runVerify(
  given: Session,
  ended?: (result: CheckResult) => void,
  known: KnownState = {},
): Promise<CheckReport> {
  const session = sharingReads(given);
  session.clients.digitalOcean();
  const { name } = session.environment.config;
  const checks = (await verifyGroupsOf(session)).flatMap((group) => group.checks);
  const report = await runChecks(checks, verifyContext(session, known), ended);
  throwIfAborted(session.interruption, "not everything was verified");
  return {
    ...report,
    findings: report.findings.map((finding) => named(finding, name)),
    results: report.results.map((result) => ({
      ...result,
      findings: result.findings.map((finding) => named(finding, name)),
    })),
  };
}

/** A finding whose fix can be typed as it is. */
function named(finding: Finding, environment: string): Finding {
  return { ...finding, fix: finding.fix.replaceAll("<environment>", environment) };
}
