import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import type { Session } from "../../context/session.ts";
import { runningApp } from "../../platform/running-app.ts";

/**
 * The spec that the environment's app runs with, and not the one that it was last sent: after a failed deployment they
 * are two. Undefined when nothing runs.
 */
export async function activeSpec(session: Session): Promise<AppSpec | undefined> {
  return (await runningApp(session))?.active_deployment?.spec ?? undefined;
}
