import { randomUUID } from "node:crypto";

import { badRequest, conflict, notFound } from "../../api/errors.ts";
import type { Store } from "../../store.ts";
import { currentDigest } from "../images.ts";
import type { App, Deployment } from "../model.ts";
import { runningComponents } from "../spec/spec.ts";
import type { AppSpec, RunningComponent } from "../spec/spec.ts";
import { displaceDeployment, queueDeployment, stopDeployment } from "./lifecycle.ts";
import { describeProgress, newProgress } from "./progress.ts";

/** What a new deployment is about. */
export interface DeploymentRequest {
  readonly cause: string;
  readonly cause_type?: Deployment["cause_type"];
  readonly cloned_from?: string;
  /** Whether tags are looked up again; otherwise a component keeps the digest that it has. */
  readonly pullAgain?: boolean;
  /** Components that are restarted, and nothing else. */
  readonly restarts?: readonly string[];
}

/** Finds a deployment. @throws ApiError 404. */
export function findDeployment({ deployments }: App, id: string): Deployment {
  const deployment = deployments.find((one) => one.id === id);
  if (!deployment) throw notFound("deployment not found");
  return deployment;
}

/** Whether a deployment still does something. */
export const isUnfinished = ({ stage }: Deployment) => stage !== "over";

/** @throws ApiError 409 while a rollback pins the app: nothing can be deployed until it is committed or reverted. */
export function mustNotBePinned({ pinned_deployment: pinned, spec }: App): void {
  if (pinned !== undefined) {
    throw conflict(
      `app ${spec.name} is pinned to rollback deployment ${pinned}; commit or revert the rollback first`,
    );
  }
}

type Image = NonNullable<RunningComponent["spec"]["image"]>;

const sameSource = (one: Image | undefined, other: Image) =>
  one?.repository === other.repository && one.registry === other.registry && one.tag === other.tag;

function digestsOf(store: Store, app: App, spec: AppSpec, pullAgain: boolean) {
  const last = app.deployments.at(-1);
  const entries = runningComponents(spec).flatMap(({ spec: { name, image } }) => {
    if (!image) return [];
    const before = last && runningComponents(last.spec).find((one) => one.spec.name === name);
    const kept =
      image.digest === undefined && !pullAgain && sameSource(before?.spec.image, image)
        ? last?.digests[name]
        : undefined;
    const digest = kept ?? currentDigest(store, image);
    return digest === undefined ? [] : [[name, digest] as const];
  });
  return Object.fromEntries(entries);
}

const hasCode = (spec: AppSpec) =>
  runningComponents(spec).some(({ spec: { image } }) => !image) ||
  (spec.static_sites ?? []).length > 0;

/**
 * Begins a deployment of an app's specification. A deployment that is still under way is superseded.
 *
 * @param spec what is deployed, secrets encrypted; default: the app's present specification.
 */
export function createDeployment(
  store: Store,
  app: App,
  request: DeploymentRequest,
  at: Date,
  spec: AppSpec = app.spec,
): Deployment {
  app.deployments.filter(isUnfinished).forEach((other) => {
    displaceDeployment(store, app, other, at);
  });
  const fails = store.demandedFailures.shift();
  const builds = hasCode(spec) || fails === "build";
  const now = at.toISOString();
  const { cause, cause_type = "MANUAL", cloned_from, restarts, pullAgain = false } = request;
  const deployment: Deployment = {
    id: randomUUID(),
    spec,
    cause,
    cause_type,
    ...(cloned_from === undefined ? {} : { cloned_from }),
    ...(app.active_deployment === undefined
      ? {}
      : { previous_deployment_id: app.active_deployment }),
    created_at: now,
    updated_at: now,
    phase: builds ? "PENDING_BUILD" : "PENDING_DEPLOY",
    phase_last_updated_at: now,
    stage: "queued",
    succeeded: false,
    progress: newProgress(spec, builds, restarts === undefined),
    digests: digestsOf(store, app, spec, pullAgain),
    ...(fails === undefined ? {} : { fails_at: fails }),
    ...(restarts === undefined ? {} : { restarts }),
    job_errors: new Map(),
    logs: [],
  };
  app.deployments.push(deployment);
  queueDeployment(store, app, deployment, at);
  return deployment;
}

/** Cancels a deployment. @throws ApiError 400 when it is over, or already moving the traffic. */
export function cancelDeployment(store: Store, app: App, deployment: Deployment, at: Date): void {
  if (deployment.stage === "over" || deployment.stage === "finalizing") {
    throw badRequest(`deployment ${deployment.id} cannot be canceled in phase ${deployment.phase}`);
  }
  stopDeployment(store, app, deployment, { phase: "CANCELED", at });
}

const described = (deployment: Deployment, components: readonly { readonly name: string }[]) =>
  components.map(({ name }) => {
    const digest = deployment.digests[name];
    return digest === undefined ? { name } : { name, source_image_digest: digest };
  });

/** A deployment as the API shows it. */
export function describeDeployment(deployment: Deployment) {
  const { spec, cloned_from, previous_deployment_id: previous, cause_type: type } = deployment;
  return {
    id: deployment.id,
    spec,
    services: described(deployment, spec.services ?? []),
    workers: described(deployment, spec.workers ?? []),
    jobs: described(deployment, spec.jobs ?? []),
    static_sites: described(deployment, spec.static_sites ?? []),
    phase_last_updated_at: deployment.phase_last_updated_at,
    created_at: deployment.created_at,
    updated_at: deployment.updated_at,
    cause: deployment.cause,
    cause_details: { type },
    ...(cloned_from === undefined ? {} : { cloned_from }),
    ...(previous === undefined ? {} : { previous_deployment_id: previous }),
    progress: describeProgress(deployment.progress),
    phase: deployment.phase,
    tier_slug: "professional",
  };
}
