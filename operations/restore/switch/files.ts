import { join } from "node:path";

import type { Session } from "../../context/session.ts";
import { writeJson } from "../../context/json-file.ts";
import { reloaded } from "../../secrets/rotation/rotation-file.ts";

/** Where an environment says which cluster its database was moved to: beside its release file, in git. */
export function databasePath({ releases, environment }: Session): string {
  return join(releases, `${environment.config.name}.database.json`);
}

/**
 * Writes which cluster the environment's database is in: also the one with the usual name, since the environment may name another.
 *
 * @returns the session with what its files say now.
 */
export function withCluster(session: Session, cluster: string): Session {
  writeJson(session, databasePath(session), { cluster });
  return reloaded(session);
}
