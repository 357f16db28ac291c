import type { Sealed } from "../../environments/schema/sealed.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { secretsIn } from "../terraform/app-state.ts";
import { managedIn } from "../terraform/managed.ts";
import { prepare, refresh } from "../terraform/stack.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import { readState } from "../terraform/states.ts";
import { synthesiseStacks } from "../terraform/synthesis.ts";
import { retiredAmong } from "./retired/supplied.ts";
import { runningApp, storageKeyIds } from "../platform/running-app.ts";
import { CannotSeal, sealSecrets } from "./seal.ts";
import { sealedPath, writeSealed } from "./sealed-file.ts";
import { terraformVariable } from "./slotted.ts";

/**
 * Seals the secrets of an environment: reads the app's ciphertexts from the API, writes them into
 * `<environment>.sealed.json`, and takes the plaintext out of the newest state of the app's stack. Each part is left out
 * when it has nothing to do, so it can be done again after an interruption, and after every deployment.
 *
 * @throws CannotSeal when there is no app, or a secret's plaintext is not known; the file then stays as it was.
 */
export async function sealEnvironment(session: Session, progress: Progress): Promise<Sealed> {
  const sealed = await progress.step("sealing the secrets", async (tell) => {
    const made = await sealedNow(session);
    tell(writeSealed(session, made) ? `wrote ${sealedPath(session)}` : "nothing new to seal");
    return made;
  });
  const after = { ...session, environment: { ...session.environment, sealed } };
  await progress.step("taking plaintext out of the state", (tell) => cleanState(after, tell));
  return sealed;
}

/** What would be sealed now. Nothing is written. @throws CannotSeal when there is no app, or a plaintext is not known. */
export async function sealedNow(session: Session): Promise<Sealed> {
  const { environment, supplied } = session;
  const app = await runningApp(session);
  if (!app) {
    const { name } = environment.config;
    throw new CannotSeal(`${name} has no app yet, so nothing can be sealed: mam deploy ${name}`);
  }
  const retired = await retiredAmong(environment, supplied);
  if (retired.length > 0) {
    const unset = retired.map(
      ({ name, was }) =>
        `${name} has the value of ${was}, which was replaced: unset ${terraformVariable(name)}`,
    );
    throw new CannotSeal(unset.join("\n"));
  }
  return sealSecrets(app, {
    supplied,
    storageKeyIds: storageKeyIds(app.spec),
    sealed: environment.sealed,
    today: new Date().toISOString().slice(0, "2026-11-23".length),
  });
}

async function cleanState(session: Session, tell: (progress: string) => void): Promise<void> {
  const found = await plaintextSecrets(session);
  if (found.names.length === 0) {
    tell("there is none");
    return;
  }
  tell(`terraform apply -refresh-only, because ${found.names.length} secrets stand in it in clear`);
  const { app } = await synthesiseStacks(session);
  const runtime = terraformRuntime(session, app);
  await prepare(app, runtime);
  await refresh(app, runtime, found.apps);
  const { names: left } = await plaintextSecrets(session);
  if (left.length > 0) {
    throw new CannotSeal(
      `${left.join(", ")}: still in the newest state in clear. Is the app another one than the state's?`,
    );
  }
}

/** Names of the app's secrets that stand in the newest state in clear, each with its component, and the addresses of what has them. */
async function plaintextSecrets(session: Session) {
  const text = (await readState(session, "app")) ?? "{}";
  const names = secretsIn(text).map(({ component, name }) => `${name} of ${component}`);
  const apps = managedIn(text).filter(({ type }) => type === "digitalocean_app");
  return { names, apps: apps.map(({ address }) => address) };
}
