import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Session } from "../context/session.ts";
import { filePlace } from "./file-place.ts";
import { hcpPlace } from "./hcp-place.ts";
import type { StatePlace } from "./place.ts";
import { spacesPlace } from "./spaces-place.ts";

/** Where a backend of a configuration keeps states. */
export function placeOfBackend(
  session: Session,
  backend: EnvironmentConfig["state"]["backend"],
): StatePlace {
  switch (backend.kind) {
    case "spaces":
      return spacesPlace(() => session.clients.spaces(), backend.bucket);
    case "local":
      return filePlace(session.project);
    case "hcp":
      return hcpPlace(() => session.clients.hcp(backend.organization), backend);
  }
}

/** Where the states of an environment lie. */
export function statePlaceOf(session: Session): StatePlace {
  return placeOfBackend(session, session.environment.config.state.backend);
}
