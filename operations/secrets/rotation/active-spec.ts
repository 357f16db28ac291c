import type { AppSpec } from "../../clients/digitalocean/app-spec.ts";
import type { Session } from "../../command/session.ts";
import { runningApp } from "../running-app.ts";

/**
 * The spec that the environment's app runs with, and not the one that it was last sent: after a failed deployment they
 * are two. Undefined when nothing runs.
 */
export async function activeSpec(session: Session): Promise<AppSpec | undefined> {
  return (await runningApp(session))?.active_deployment?.spec ?? undefined;
}
