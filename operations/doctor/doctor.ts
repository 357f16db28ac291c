import { type CheckReport, makeChecks } from "../command/check.ts";
import type { Session } from "../command/session.ts";
import { doctorChecks } from "./checks.ts";

/**
 * Checks everything that can be known before anything is touched, side by side.
 *
 * @returns `ok` when nothing stands in the way of a deployment; warnings do not.
 */
export async function runDoctor(session: Session): Promise<CheckReport> {
  return makeChecks(doctorChecks, { session });
}
