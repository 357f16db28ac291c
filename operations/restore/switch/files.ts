import { rmSync } from "node:fs";
import { join } from "node:path";

import { resourceName } from "../../../constructs/naming.ts";
import type { Session } from "../../context/session.ts";
import { writeJson } from "../../context/json-file.ts";
import { reloaded } from "../../secrets/rotation/rotation-file.ts";

/** Where an environment says which cluster its database was moved to: beside its release file, in git. */
export function databasePath({ releases, environment }: Session): string {
  return join(releases, `${environment.config.name}.database.json`);
}

/**
 * Writes which cluster the environment's database is in. A cluster with the usual name needs no file.
 *
 * @returns the session with what its files say now.
 */
export function withCluster(session: Session, cluster: string): Session {
  const path = databasePath(session);
  if (cluster === resourceName(session.environment.config, "postgres"))
    rmSync(path, { force: true });
  else writeJson(session, path, { cluster });
  return reloaded(session);
}
