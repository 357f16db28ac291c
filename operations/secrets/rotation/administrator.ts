import type { Progress } from "../../context/progress.ts";
import type { Session } from "../../context/session.ts";
import { runningApp } from "../../platform/running-app.ts";
import { resetPassword } from "./database-password.ts";
import { RotationStopped } from "./rotate.ts";

/** What a reset changes, as the end of a sentence that begins with "changes". */
export const administratorChange =
  "doadmin: a new password at once; migrations get it with the next deployment, and nothing else has it";

/**
 * Gives the administrator of PostgreSQL a new password. Migrations alone use it, and only while a deployment begins, so
 * it needs no second user: it is refused while a deployment is under way.
 *
 * @throws RotationStopped when a deployment is under way.
 */
export async function resetAdministrator(session: Session, progress: Progress): Promise<void> {
  await progress.step("a new password for doadmin", async () => {
    const app = await runningApp(session);
    const underWay = app?.in_progress_deployment ?? app?.pending_deployment;
    if (underWay) {
      throw new RotationStopped(
        `Deployment ${underWay.id} is under way, and its migration may be connecting as doadmin. Wait for its end.`,
      );
    }
    await resetPassword(session, "doadmin");
  });
}
