import type { Session } from "../context/session.ts";
import { componentNames } from "../../environments/schema/environment.ts";
import { learnStates } from "../terraform/states.ts";
import { shortDigest } from "../release/difference.ts";
import { lastLines } from "./component-log.ts";
import { type FailedStep, failedSteps } from "./failed-steps.ts";
import { type PlatformDeployment, type SettledApp, imagesOf } from "../platform/deployments.ts";

/** Something that failed in a deployment of the app, and what its log says. */
interface FailedComponent extends FailedStep {
  readonly log: readonly string[];
}

/** What a person needs to know about a deployment of the app that failed. No line contains a known secret. */
export interface AppFailure {
  readonly deployment: string;
  readonly phase: string;
  readonly failed: readonly FailedComponent[];
  /** What serves now: images by component and since when; undefined when nothing does. */
  readonly serving:
    | { readonly deployment: string; readonly since: string; readonly images: readonly string[] }
    | undefined;
}

/** Looks into a deployment that failed. */
export async function explainFailure(
  session: Session,
  app: SettledApp["app"],
  { id: deployment_id, phase, ...rest }: PlatformDeployment,
): Promise<AppFailure> {
  // What the app writes into its log may be the secrets that it was given.
  await learnStates(session);
  const failed = failedSteps({ id: deployment_id, ...rest }).map(async (step) => {
    const { component: component_name } = step;
    if (component_name === undefined) return { ...step, log: [] };
    const log = await lastLines(session, { app_id: app.id, deployment_id, component_name });
    return { ...step, log };
  });
  const { active_deployment: active } = app;
  return {
    deployment: deployment_id,
    phase: phase ?? "unknown",
    failed: await Promise.all(failed),
    serving: active
      ? { deployment: active.id, since: active.updated_at ?? "", images: shownImages(active) }
      : undefined,
  };
}

function shownImages(deployment: PlatformDeployment): string[] {
  const images = imagesOf(deployment);
  return componentNames.map((name) => `${name} ${shortDigest(images[name] ?? "unknown")}`);
}

/** What failed, what its log says, and what serves. */
export function renderAppFailure({ deployment, phase, failed, serving }: AppFailure): string {
  return [
    `The app's deployment ${deployment} failed: ${phase}.`,
    ...failed.flatMap(({ component = "the app", reason, log }) => [
      `  ${component}: ${reason}`,
      ...log.map((line) => `    | ${line}`),
    ]),
    ...(serving
      ? [
          `  What serves is deployment ${serving.deployment}, since ${serving.since}:`,
          ...serving.images.map((image) => `    ${image}`),
        ]
      : ["  Nothing serves: no deployment of the app has gone well yet."]),
    "",
  ].join("\n");
}
