import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { runningApp } from "../platform/running-app.ts";
import { CannotSeal } from "../secrets/seal.ts";
import { sealEnvironment } from "../secrets/sealing.ts";
import { secretsIn } from "../terraform/app-state.ts";
import { readState } from "../terraform/states.ts";
import type { SynthesizedStack } from "../terraform/synthesis.ts";
import { untaintStateful } from "./taint.ts";

/**
 * Does what an earlier deployment had no time for: taints of what stands are taken, and the secrets of a first
 * deployment are sealed. A later plan would otherwise replace the app, fail at a bucket, or send every secret once more.
 *
 * No platform is changed by it, so nobody is asked.
 *
 * @param stacks those that have a state.
 * @returns the session, with what was sealed.
 */
export async function recover(
  session: Session,
  stacks: readonly SynthesizedStack[],
  progress: Progress,
): Promise<Session> {
  await progress.step("looking for what an earlier deployment left", async (tell) => {
    const taken = await Promise.all(stacks.map((stack) => untaintStateful(session, stack)));
    for (const address of taken.flat()) tell(`${address} stands: its taint was taken`);
  });
  if (!stacks.some(({ kind }) => kind === "app")) return session;
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
