import { z } from "zod";
import { appAlertSpec, appSpec } from "./app-spec.ts";
import { links, nothing, type Endpoint } from "./endpoint.ts";

/** Why a step failed, in the platform's words. */
const stepReason = z.looseObject({ code: z.string().nullish(), message: z.string().nullish() });

/** A step of a deployment; steps are in steps. */
const progressStep = z.looseObject({
  name: z.string().nullish(),
  status: z.string().nullish(),
  component_name: z.string().nullish(),
  reason: stepReason.nullish(),
  get steps() {
    return z.array(progressStep).nullish();
  },
});

/** A deployment of an app. */
export const deployment = z.looseObject({
  id: z.string(),
  phase: z.string().nullish(),
  cause: z.string().nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
  spec: appSpec.nullish(),
  progress: z
    .looseObject({
      error_steps: z.number().nullish(),
      success_steps: z.number().nullish(),
      total_steps: z.number().nullish(),
      steps: z.array(progressStep).nullish(),
    })
    .nullish(),
});

/** A host of an app, and how far the platform is with it. */
const appDomain = z.looseObject({
  spec: z.looseObject({ domain: z.string() }),
  /** PENDING, CONFIGURING, ACTIVE or ERROR. */
  phase: z.string().nullish(),
  progress: z.looseObject({ steps: z.array(progressStep).nullish() }).nullish(),
});

/** An app. */
export const app = z.looseObject({
  id: z.string(),
  spec: appSpec,
  default_ingress: z.string().nullish(),
  live_url: z.string().nullish(),
  live_domain: z.string().nullish(),
  project_id: z.string().nullish(),
  created_at: z.string(),
  updated_at: z.string(),
  active_deployment: deployment.nullish(),
  in_progress_deployment: deployment.nullish(),
  pending_deployment: deployment.nullish(),
  /** The deployment of a rollback that is neither committed nor reverted; nothing else can be deployed meanwhile. */
  pinned_deployment: deployment.nullish(),
  domains: z.array(appDomain).nullish(),
  dedicated_ips: z
    .array(
      z.looseObject({
        id: z.string().nullish(),
        ip: z.string().nullish(),
        status: z.string().nullish(),
      }),
    )
    .nullish(),
});

/** Where the messages of an alert go to. */
const destinations = {
  emails: z.array(z.string()).nullish(),
  slack_webhooks: z
    .array(z.looseObject({ channel: z.string().nullish(), url: z.string().nullish() }))
    .nullish(),
};

/** An alert of an app as the API keeps it: with its id and its destinations. */
export const appAlert = z.looseObject({
  id: z.string(),
  component_name: z.string().nullish(),
  spec: appAlertSpec,
  ...destinations,
});

/** How a component does: instances that there should be, and that pass their checks. */
export const componentHealth = z.looseObject({
  name: z.string(),
  /** HEALTHY, UNHEALTHY or UNKNOWN. */
  state: z.string().nullish(),
  replicas_desired: z.number().nullish(),
  replicas_ready: z.number().nullish(),
});

const oneApp = z.looseObject({ app });

/** Calls about apps. */
export const apps = {
  createApp: {
    method: "POST",
    path: "/v2/apps",
    request: z.looseObject({ spec: appSpec, project_id: z.string().nullish() }),
    response: oneApp,
  },
  getApp: { method: "GET", path: "/v2/apps/{app_id}", response: oneApp },
  updateApp: {
    method: "PUT",
    path: "/v2/apps/{app_id}",
    request: z.looseObject({ spec: appSpec, update_all_source_versions: z.boolean() }),
    response: oneApp,
  },
  getAppHealth: {
    method: "GET",
    path: "/v2/apps/{app_id}/health",
    response: z.looseObject({
      app_health: z.looseObject({ components: z.array(componentHealth).nullish() }).nullish(),
    }),
  },
  deleteApp: { method: "DELETE", path: "/v2/apps/{app_id}", response: nothing },
  listDeployments: {
    method: "GET",
    path: "/v2/apps/{app_id}/deployments",
    response: z.looseObject({ deployments: z.array(deployment).nullish(), links }),
  },
  getDeployment: {
    method: "GET",
    path: "/v2/apps/{app_id}/deployments/{deployment_id}",
    response: z.looseObject({ deployment }),
  },
  /**
   * The address of a console in an instance: a WebSocket, and a secret. Text messages are JSON: `{op: "stdin", data}` and
   * `{op: "resize", width, height}` to it, `{data}` from it. Takes `instance_name` as a query.
   */
  getAppConsole: {
    method: "GET",
    path: "/v2/apps/{app_id}/components/{component_name}/exec",
    response: z.looseObject({ url: z.string() }),
    explains: {
      403: "the token needs the scope app:access_console",
      404: "no such component or instance runs",
    },
  },
  listAppAlerts: {
    method: "GET",
    path: "/v2/apps/{app_id}/alerts",
    response: z.looseObject({ alerts: z.array(appAlert).nullish() }),
  },
  updateAppAlertDestinations: {
    method: "POST",
    path: "/v2/apps/{app_id}/alerts/{alert_id}/destinations",
    request: z.looseObject(destinations),
    response: z.looseObject({ alert: appAlert }),
  },
} as const satisfies Record<string, Endpoint>;
