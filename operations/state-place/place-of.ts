import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Session } from "../context/session.ts";
import { filePlace } from "./file-place.ts";
import type { StatePlace } from "./place.ts";
import { spacesPlace } from "./spaces-place.ts";

/** Where a backend of a configuration keeps states. @throws NotConfigured where HCP Terraform does */
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
      throw new NotConfigured(hcpItself(session.environment.config.name));
  }
}

/** Where the states of an environment lie. @throws NotConfigured where HCP Terraform keeps them */
export function statePlaceOf(session: Session): StatePlace {
  return placeOfBackend(session, session.environment.config.state.backend);
}

/**
 * Stops a command that would run Terraform where HCP Terraform does it.
 *
 * @throws NotConfigured naming the commands to use instead.
 */
export function refuseHcp({ environment: { config } }: Session): void {
  if (config.state.backend.kind === "hcp") throw new NotConfigured(hcpItself(config.name));
}

const hcpItself = (environment: string) =>
  [
    "state.backend.kind is hcp: HCP Terraform plans, applies and keeps the releases itself.",
    `  plan     npx cdktf diff ${environment}-app`,
    `  deploy   npx cdktf deploy '${environment}-*' --auto-approve`,
    `  then     mam verify ${environment}`,
  ].join("\n");
