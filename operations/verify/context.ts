import type { Session } from "../command/session.ts";
import { once } from "../command/once.ts";
import { type Survey, survey } from "./survey.ts";

/**
 * What the checks of verify are made with. What several checks look at is asked for once, and by the first that needs
 * it: a platform that does not answer fails those checks that ask it, and no others.
 */
export interface VerifyContext {
  readonly session: Session;
  /** What stands on DigitalOcean under the environment's names. */
  readonly survey: () => Promise<Survey>;
}

/** Prepares a context; nothing is asked of a platform yet. */
export function verifyContext(session: Session): VerifyContext {
  const { connections, environment } = session;
  return {
    session,
    survey: once(async () => survey(connections.digitalOcean(), environment.config)),
  };
}
