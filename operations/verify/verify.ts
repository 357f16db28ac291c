import { type CheckReport, type CheckResult, makeChecks } from "../command/check.ts";
import type { Session } from "../command/session.ts";
import { verifyChecks } from "./checks.ts";
import { verifyContext } from "./context.ts";

/**
 * Asks the platforms, from outside, whether what runs is what was released and configured. State and plan are not
 * believed: a failed deployment leaves both as if it had gone well.
 *
 * @param ended called as each check ends, for whoever shows progress.
 * @returns `ok` when there is no error; warnings do not count.
 */
export async function runVerify(
  session: Session,
  ended?: (result: CheckResult) => void,
): Promise<CheckReport> {
  return makeChecks(verifyChecks, verifyContext(session), ended);
}
