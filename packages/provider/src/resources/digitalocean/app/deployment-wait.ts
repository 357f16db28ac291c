import type { z } from "zod";
import type { deployment as deploymentShape } from "@mam-infra/clients/digitalocean/apps";
import { attempt, ProviderCrash, ProviderFailure } from "../../../engine/failure.ts";
import type { DigitalOceanContext } from "../calls.ts";
import { progressText } from "./progress-text.ts";

type Deployment = z.infer<typeof deploymentShape>;

const TICK_SECONDS = 10;
const DOING = "error trying to read app deployment state";

/** Which deployment of which app is waited for, and how long. */
export interface AwaitedDeployment {
  readonly appId: string;
  /** The deployment that the API announced; else the newest one found is taken. */
  readonly deploymentId: string | undefined;
  readonly perPage: number;
  readonly timeoutSeconds: number;
}

async function pollDeployment(
  { client }: DigitalOceanContext,
  awaited: AwaitedDeployment,
  deploymentId: string | undefined,
): Promise<Deployment | undefined> {
  const { appId, perPage } = awaited;
  if (deploymentId === undefined) {
    const { deployments } = await attempt(DOING, () =>
      client.call("listDeployments", { app_id: appId }, { query: { per_page: perPage } }),
    );
    return deployments?.[0];
  }
  const parameters = { app_id: appId, deployment_id: deploymentId };
  const { deployment } = await attempt(DOING, () => client.call("getDeployment", parameters));
  return deployment;
}

function isDone(appId: string, { id, progress }: Deployment): boolean {
  if (!progress) {
    throw new ProviderCrash(`deployment ${id} has no progress.`);
  }
  // Also when no step is there yet: the provider takes that for a success.
  if ((progress.steps ?? []).every(({ status }) => status === "SUCCESS")) return true;
  if ((progress.error_steps ?? 0) === 0) return false;
  throw new ProviderFailure(
    `error deploying app (${appId}) (deployment ID: ${id}):\n${progressText(progress)}`,
  );
}

/**
 * Waits for a deployment as the provider does (2.99.1, app/resource_app.go, WaitForAppDeployment): a
 * poll every 10 s; success is every top-level step, failure any step in error; the phase is not
 * looked at, so a superseded or cancelled deployment is waited for until the time is up.
 *
 * @throws ProviderFailure when the deployment fails or the time is up.
 */
export async function waitForDeployment(
  context: DigitalOceanContext,
  awaited: AwaitedDeployment,
): Promise<void> {
  let { deploymentId } = awaited;
  for (let tick = 0; tick * TICK_SECONDS <= awaited.timeoutSeconds; tick += 1) {
    await context.sleep(TICK_SECONDS);
    const deployment = await pollDeployment(context, awaited, deploymentId);
    if (deployment !== undefined && isDone(awaited.appId, deployment)) return;
    deploymentId = deployment?.id ?? deploymentId;
  }
  throw new ProviderFailure(`timeout waiting for app (${awaited.appId}) deployment`);
}
