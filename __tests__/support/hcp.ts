import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Session } from "../../operations/context/session.ts";
import { withConfig } from "../operations/doctor/support/breakage.ts";

/** A configuration that keeps its states in HCP Terraform. */
export const hcpBackend = {
  kind: "hcp",
  organization: "northlight",
  workspacePrefix: "mam-",
  project: "mam",
  execution: "local",
  plan: "free",
} as const satisfies EnvironmentConfig["state"]["backend"];

/** A session of an environment whose states lie in HCP Terraform. */
export function onHcp(session: Session, execution: "local" | "remote" = "local"): Session {
  return withConfig(session, ({ state }) => {
    state.backend = { ...hcpBackend, execution };
  });
}
