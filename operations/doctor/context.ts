import type { Session } from "../command/session.ts";

/** What the doctor's checks are made with. */
export interface DoctorContext {
  readonly session: Session;
}
