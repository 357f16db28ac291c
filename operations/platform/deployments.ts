import type { z } from "zod";

import type { Release } from "../../environments/schema/release.ts";
import { componentNames } from "../../environments/schema/environment.ts";
import type { deployment } from "@mam-infra/clients/digitalocean/apps";
import type { Session } from "../context/session.ts";
import { type RunningApp, runningApp } from "./running-app.ts";
import { poll } from "../context/polling.ts";
import { forgetReads } from "./sparing/shared-reads.ts";

/** A deployment as App Platform knows it. */
export type PlatformDeployment = z.output<typeof deployment>;

/** Images by component, as far as they are named by digest. */
export type Images = Readonly<Record<string, string | undefined>>;

/** Phases in which a deployment came to nothing; what ran before goes on running. */
const failedPhases = new Set(["ERROR", "CANCELED"]);

/** Longest that a deployment of the app is waited for, in minutes; Terraform itself waits 20 (constructs/app). */
const longestMinutes = 30;

/** The app once nothing is being deployed, and its newest deployment. */
export interface SettledApp {
  readonly app: RunningApp;
  readonly newest: PlatformDeployment | undefined;
}

/**
 * Waits until nothing of the app is being deployed. Undefined when there is no app.
 *
 * @throws AbortError when the command is interrupted meanwhile; the deployment goes on.
 */
export async function settledApp(session: Session): Promise<SettledApp | undefined> {
  const app = await poll(
    async () => {
      forgetReads(session, "app");
      const found = await runningApp(session);
      if (!found) return null;
      return found.in_progress_deployment || found.pending_deployment ? undefined : found;
    },
    {
      what: "the end of the app's deployment",
      limitSeconds: longestMinutes * 60,
      interruption: session.interruption,
    },
  );
  return app === null ? undefined : { app, newest: await newestDeployment(session, app.id) };
}

async function newestDeployment(
  { clients }: Session,
  app_id: string,
): Promise<PlatformDeployment | undefined> {
  const api = clients.digitalOcean();
  const { deployments } = await api.call("listDeployments", { app_id }, { query: { per_page: 1 } });
  return deployments?.[0];
}

/** Whether a deployment came to nothing. */
export function hasFailed({ phase }: PlatformDeployment): boolean {
  return failedPhases.has(phase ?? "");
}

/** Images of a deployment, by component; jobs run the image of another one. */
export function imagesOf({ spec }: Pick<PlatformDeployment, "spec">): Images {
  const components = [...(spec?.services ?? []), ...(spec?.workers ?? [])];
  return Object.fromEntries(components.map(({ name, image }) => [name, image?.digest]));
}

/** Whether images are exactly those of a release. One without the backup may be of any: it can be switched off beside it. */
export function areImages(found: Images, { images }: Pick<Release, "images">): boolean {
  const isBackup = found.backup === undefined || found.backup === images.backup;
  return isBackup && componentNames.every((name) => found[name] === images[name]);
}

/**
 * Whether a release is what runs: its images, and the app's newest specification. A failed deployment leaves its
 * specification with the app and in Terraform's state, so neither of them is believed.
 */
export function runs({ app, newest }: SettledApp, release: Release): boolean {
  const { active_deployment: active } = app;
  return !!active && areImages(imagesOf(active), release) && !(newest && hasFailed(newest));
}

/** Begins a deployment of what the app's specification says, and waits for its end. */
export async function redeploy(session: Session, app_id: string): Promise<void> {
  const api = session.clients.digitalOcean();
  await api.call("createDeployment", { app_id }, { body: { force_build: false } });
  await settledApp(session);
}
