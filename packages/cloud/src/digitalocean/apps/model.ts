import type { AppSpec } from "./spec/spec.ts";

/** Phases of a deployment. Source: DigitalOcean API description, `apps/models/apps_deployment_phase.yml`. */
export type DeploymentPhase =
  | "PENDING_BUILD"
  | "BUILDING"
  | "PENDING_DEPLOY"
  | "DEPLOYING"
  | "ACTIVE"
  | "SUPERSEDED"
  | "ERROR"
  | "CANCELED";

/** States of a step. */
export type StepStatus = "PENDING" | "RUNNING" | "SUCCESS" | "ERROR";

/** A step of a deployment's progress; steps contain steps. */
export interface ProgressStep {
  readonly name: string;
  status: StepStatus;
  steps?: ProgressStep[];
  started_at?: string;
  ended_at?: string;
  reason?: { readonly code: string; readonly message: string };
  readonly component_name?: string;
  readonly message_base?: string;
}

/** Where a deployment is failed on demand, whatever its images do. */
export type DemandedFailure = "build" | "pre-deploy-job" | "health-check";

/** What a deployment does next. */
export type DeploymentStage =
  | "queued"
  | "building"
  | "built"
  | "initializing"
  | "running-jobs"
  | "rolling-out"
  | "finalizing"
  | "over";

/** A line of a component's log. */
export interface LogLine {
  readonly at: string;
  readonly component: string;
  readonly type: "BUILD" | "DEPLOY" | "RUN" | "AUTOSCALE_EVENT";
  readonly line: string;
  /** What wrote it, where that is the program of an instance. */
  readonly by?: {
    readonly instance: string;
    /** How many times it had been started again before. */
    readonly run: number;
    /** Whether its deployment was not over yet. */
    readonly deploying: boolean;
  };
}

/** The first component of a rollout that fails, and how. */
export interface RolloutFailure {
  readonly component: string;
  /** The inner step that shows it. */
  readonly step: "deploy" | "wait";
  readonly code: string;
  readonly message: string;
}

/** A deployment of an app. */
export interface Deployment {
  readonly id: string;
  /** The specification that it deploys, secrets encrypted. */
  readonly spec: AppSpec;
  readonly cause: string;
  readonly cause_type: "MANUAL" | "MANUAL_ROLLBACK";
  readonly cloned_from?: string;
  readonly previous_deployment_id?: string;
  readonly created_at: string;
  updated_at: string;
  phase: DeploymentPhase;
  phase_last_updated_at: string;
  stage: DeploymentStage;
  /** Whether it was active at some time, which is what a rollback needs. */
  succeeded: boolean;
  /** When it began to route requests by its specification; milliseconds since the epoch. */
  routes_since?: number;
  readonly progress: ProgressStep[];
  /** Digest of each component's image, as far as it was found. */
  readonly digests: Readonly<Record<string, string>>;
  readonly fails_at?: DemandedFailure;
  /** Names of the components that a restart is limited to; a restart runs no jobs. */
  readonly restarts?: readonly string[];
  /** How its rollout will fail, once its containers have started. */
  rollout_failure?: RolloutFailure | undefined;
  /** When those of its containers that are no programs are ready; milliseconds since the epoch. */
  simulated_until?: number;
  /** What became of its jobs that are programs: nothing, or what went wrong. */
  readonly job_errors: Map<string, string | undefined>;
  readonly logs: LogLine[];
}

/**
 * A container of a service or worker. Its whole life is known from these times, so that what a request met at a point
 * in time can be told afterwards.
 */
export interface Instance {
  readonly name: string;
  readonly component: string;
  readonly kind: "service" | "worker";
  readonly deployment: string;
  readonly digest: string;
  /** When the container started; milliseconds since the epoch, like all times here. */
  readonly started: number;
  /** Whether it is a real process. Then `answers` is there while it is ready, and the other times are kept by it. */
  readonly isProgram?: boolean;
  /** When the process begins to answer; absent when it never does. */
  answers?: number;
  /** When the router sends it requests; absent until it passed its health check. */
  routed?: number;
  /** When it left the router's list. */
  draining?: number;
  /** When SIGTERM came: it takes no new request. */
  terminated?: number;
  /** When SIGKILL came: requests that were still running are lost. */
  killed?: number;
  /** When its process, which had ended or failed its check of liveness, was started again. */
  readonly restarts?: number[];
}

/** Where an alert is sent. */
export interface AlertDestinations {
  readonly emails: readonly string[];
  readonly slack_webhooks: readonly { readonly url: string; readonly channel: string }[];
}

/** An alert of an app with its destinations, which are no part of the specification that is read back. */
export interface AppAlert extends AlertDestinations {
  readonly id: string;
  /** Empty for alerts of the app as a whole. */
  readonly component_name: string;
  readonly spec: NonNullable<AppSpec["alerts"]>[number];
}

/** Phases of a domain. */
type DomainPhase = "PENDING" | "CONFIGURING" | "ACTIVE" | "ERROR";

/** A domain of an app. */
export interface AppDomain {
  readonly id: string;
  readonly spec: NonNullable<AppSpec["domains"]>[number];
  phase: DomainPhase;
  progress: ProgressStep[];
  certificate_expires_at?: string;
}

/** An app. */
export interface App {
  readonly id: string;
  /** What should run; not what runs: that is the active deployment's. */
  spec: AppSpec;
  readonly created_at: string;
  updated_at: string;
  readonly default_ingress: string;
  /** Key of the app's secrets, base64. It never leaves the store. */
  readonly encryption_key: string;
  /** Address of the app on the internet. */
  readonly egress_address: string;
  deployments: Deployment[];
  active_deployment?: string;
  pinned_deployment?: string;
  /** The specification before the rollback that pinned the app, which a revert deploys again. */
  spec_before_rollback?: AppSpec;
  instances: Instance[];
  alerts: AppAlert[];
  domains: AppDomain[];
}
