import { secondsOf } from "../../../durations.ts";
import type { DurationName } from "../../../durations.ts";
import { scheduleAfter } from "../../schedule.ts";
import type { Store } from "../../store.ts";
import { imageOf } from "../images.ts";
import type { App, Deployment, DeploymentPhase, DeploymentStage } from "../model.ts";
import type { JobSpec } from "../spec/spec.ts";
import { appendLog } from "../logs.ts";
import { databaseErrors } from "./jobs.ts";
import { mark, markFailed } from "./progress.ts";
import { abandonInstances, planRollout, switchTraffic } from "./rollout.ts";

interface Move {
  readonly store: Store;
  readonly app: App;
  readonly deployment: Deployment;
  readonly at: Date;
}

/** Code of a job or container that ended with an error; seen in the progress of real deployments. */
const exitNonZero = "DeployContainerExitNonZero";

function enter({ deployment, at }: Move, stage: DeploymentStage, phase: DeploymentPhase): void {
  deployment.stage = stage;
  deployment.updated_at = at.toISOString();
  if (deployment.phase === phase) return;
  deployment.phase = phase;
  deployment.phase_last_updated_at = at.toISOString();
}

function comeBack({ store, app, deployment, at }: Move, seconds: number): void {
  const event = { kind: "deployment-advances", app: app.id, deployment: deployment.id } as const;
  scheduleAfter(store.schedule, at, seconds, event);
}

const comeBackAfter = (move: Move, ...names: DurationName[]) => {
  comeBack(
    move,
    names.reduce((sum, name) => sum + secondsOf(name), 0),
  );
};

/** Begins a deployment's life. */
export function queueDeployment(store: Store, app: App, deployment: Deployment, at: Date): void {
  comeBackAfter({ store, app, deployment, at }, "deployment-queued");
}

function log({ deployment, at }: Move, component: string, line: string): void {
  appendLog(deployment, { at: at.toISOString(), component, type: "DEPLOY", line });
}

function fail(move: Move, path: readonly string[], code: string, message: string): void {
  const { app, deployment, at } = move;
  markFailed(deployment.progress, path, { code, message }, at);
  abandonInstances(move.store, app, deployment, at);
  enter(move, "over", "ERROR");
}

function beginDeploy(move: Move): void {
  enter(move, "initializing", "DEPLOYING");
  mark(move.deployment.progress, ["deploy", "initialize"], "RUNNING", move.at);
  comeBackAfter(move, "deploy-initialize");
}

const jobsOf = ({ progress, spec }: Deployment): JobSpec[] => {
  const shown = progress.find(({ name }) => name === "deploy")?.steps?.[1]?.steps ?? [];
  return (spec.jobs ?? []).filter((job) => shown.some(({ name }) => name === job.name));
};

/** The jobs of a deployment that run as programs; none when it fails on demand before. */
export function programJobs(store: Store, deployment: Deployment): JobSpec[] {
  if (deployment.fails_at === "pre-deploy-job") return [];
  return jobsOf(deployment).filter((job) => imageOfJob(store, deployment, job)?.program);
}

const imageOfJob = (store: Store, { digests }: Deployment, { image, name }: JobSpec) =>
  image && imageOf(store, image, digests[name] ?? "");

function jobError(move: Move, job: JobSpec): string | undefined {
  const { store, app, deployment } = move;
  if (deployment.fails_at === "pre-deploy-job") return "failed on demand";
  const image = imageOfJob(store, deployment, job);
  if (job.image && !image) return `image ${job.image.repository} was not found in the registry`;
  if (image?.program) return deployment.job_errors.get(job.name);
  const [error] = databaseErrors(store, app, deployment.spec, job.name);
  return error ?? (image?.migration === "fails" ? "the migration failed" : undefined);
}

function beginRollout(move: Move): void {
  const { store, app, deployment, at } = move;
  enter(move, "rolling-out", "DEPLOYING");
  const rollout = planRollout(store, deployment, at, deployment.restarts);
  app.instances.push(...rollout.instances);
  for (const name of new Set(rollout.instances.map(({ component }) => component))) {
    mark(deployment.progress, ["deploy", "components", name], "RUNNING", at);
  }
  deployment.rollout_failure = rollout.failure;
  deployment.simulated_until = rollout.ends;
  // What runs programs comes back when they are ready, or have failed.
  const waits = !rollout.failure && rollout.instances.some(({ isProgram }) => isProgram);
  if (!waits) comeBack(move, (rollout.ends - at.getTime()) / 1000);
}

function activate(move: Move): void {
  const { app, deployment, at } = move;
  const previous = app.deployments.find(({ id }) => id === app.active_deployment);
  if (previous) {
    previous.phase = "SUPERSEDED";
    previous.phase_last_updated_at = at.toISOString();
  }
  mark(deployment.progress, ["deploy", "finalize"], "SUCCESS", at);
  enter(move, "over", "ACTIVE");
  deployment.succeeded = true;
  app.active_deployment = deployment.id;
}

const stages: Record<DeploymentStage, (move: Move) => void> = {
  queued: (move) => {
    const { deployment, at } = move;
    if (deployment.phase === "PENDING_DEPLOY") {
      beginDeploy(move);
      return;
    }
    enter(move, "building", "BUILDING");
    mark(deployment.progress, ["build"], "RUNNING", at);
    comeBackAfter(move, "build-initialize", "build-component");
  },
  building: (move) => {
    const { deployment, at } = move;
    if (deployment.fails_at === "build") {
      mark(deployment.progress, ["build", "components"], "PENDING", at);
      fail(move, ["build", "initialize"], "BuildJobFailed", "Your build job failed on demand.");
      return;
    }
    mark(deployment.progress, ["build"], "SUCCESS", at);
    enter(move, "built", "PENDING_DEPLOY");
    comeBackAfter(move, "deployment-built");
  },
  built: beginDeploy,
  initializing: (move) => {
    const { deployment, at } = move;
    mark(deployment.progress, ["deploy", "initialize"], "SUCCESS", at);
    const jobs = jobsOf(deployment);
    if (jobs.length === 0) {
      beginRollout(move);
      return;
    }
    enter(move, "running-jobs", "DEPLOYING");
    for (const { name } of jobs) {
      mark(deployment.progress, ["deploy", "components", name], "RUNNING", at);
    }
    // What runs programs comes back when they have ended.
    if (programJobs(move.store, deployment).length > 0) return;
    comeBackAfter(move, "image-pull", "job-run");
  },
  "running-jobs": (move) => {
    const { deployment, at } = move;
    for (const job of jobsOf(deployment)) {
      const error = jobError(move, job);
      const path = ["deploy", "components", job.name];
      if (error !== undefined) {
        log(move, job.name, error);
        mark(deployment.progress, [...path, "deploy"], "SUCCESS", at);
        fail(move, [...path, "wait"], exitNonZero, "Your job exited with a non-zero exit code.");
        return;
      }
      mark(deployment.progress, path, "SUCCESS", at);
    }
    beginRollout(move);
  },
  "rolling-out": (move) => {
    const { app, deployment, at } = move;
    const { rollout_failure: failure, progress } = deployment;
    if (failure) {
      log(move, failure.component, failure.message);
      const path = ["deploy", "components", failure.component];
      if (failure.step === "wait") mark(progress, [...path, "deploy"], "SUCCESS", at);
      fail(move, [...path, failure.step], failure.code, failure.message);
      return;
    }
    mark(progress, ["deploy", "components"], "SUCCESS", at);
    mark(progress, ["deploy", "finalize"], "RUNNING", at);
    const running = app.deployments.find(({ id }) => id === app.active_deployment);
    switchTraffic(move.store, app, deployment, { spec: running?.spec ?? deployment.spec, at });
    deployment.routes_since = at.getTime();
    enter(move, "finalizing", "DEPLOYING");
    comeBackAfter(move, "deploy-finalize");
  },
  finalizing: activate,
  over: () => undefined,
};

/** Plays the next stage of a deployment; nothing when the app or the deployment is gone or over. */
export function advanceDeployment(
  store: Store,
  event: { readonly app: string; readonly deployment: string },
  at: Date,
): void {
  const app = store.apps.find(({ id }) => id === event.app);
  const deployment = app?.deployments.find(({ id }) => id === event.deployment);
  if (app && deployment) stages[deployment.stage]({ store, app, deployment, at });
}

/**
 * Makes room for a newer deployment: one that already moved the traffic is finished, any other is superseded.
 */
export function displaceDeployment(store: Store, app: App, deployment: Deployment, at: Date): void {
  if (deployment.stage === "finalizing") activate({ store, app, deployment, at });
  else stopDeployment(store, app, deployment, { phase: "SUPERSEDED", at });
}

/** Stops a deployment that is not over; what ran before it goes on running. */
export function stopDeployment(
  store: Store,
  app: App,
  deployment: Deployment,
  { phase, at }: { readonly phase: "CANCELED" | "SUPERSEDED"; readonly at: Date },
): void {
  deployment.stage = "over";
  deployment.phase = phase;
  deployment.phase_last_updated_at = at.toISOString();
  deployment.updated_at = at.toISOString();
  abandonInstances(store, app, deployment, at);
}
