import type { Progress } from "../command/progress.ts";
import type { Session } from "../command/session.ts";
import { runningApp } from "../secrets/running-app.ts";
import { CannotSeal } from "../secrets/seal.ts";
import { sealEnvironment } from "../secrets/sealing.ts";
import { secretsIn } from "../terraform/app-state.ts";
import { readState } from "../terraform/states.ts";
import type { WrittenStack } from "../terraform/synthesis.ts";
import { untaintApp } from "./taint.ts";

/**
 * Does for a standing app what an earlier deployment had no time for: its taint is taken, and the secrets of a first
 * deployment are sealed. A later plan would otherwise replace the app, or send every secret once more.
 *
 * No platform is changed by it, so nobody is asked.
 *
 * @param unsure whether the last deployment may have left a taint.
 * @returns the session, with what was sealed.
 */
export async function recover(
  session: Session,
  stack: WrittenStack,
  unsure: boolean,
  progress: Progress,
): Promise<Session> {
  if (unsure) {
    await progress.step("looking for a tainted app", async (tell) => {
      if (await untaintApp(session, stack)) tell("the app stands: its taint was taken");
    });
  }
  if (session.environment.sealed || !(await runningApp(session))) return session;
  try {
    const sealed = await sealEnvironment(await withSentSecrets(session), progress);
    return { ...session, environment: { ...session.environment, sealed } };
  } catch (error) {
    // The deployment sends them once more, and seals then.
    if (error instanceof CannotSeal) return session;
    throw error;
  }
}

/**
 * The secrets that the app was created with, from the state, which keeps what was sent. Whoever deploys now may supply
 * others, which are then a change to be deployed.
 */
async function withSentSecrets(session: Session): Promise<Session> {
  const sent = secretsIn((await readState(session, "app")) ?? "{}");
  const values = Object.fromEntries(sent.map(({ name, value }) => [name, value]));
  return { ...session, supplied: { ...session.supplied, ...values } };
}
