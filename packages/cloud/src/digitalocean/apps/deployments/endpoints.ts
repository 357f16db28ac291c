import { z } from "zod";

import { endpoint, ok } from "../../api/endpoint.ts";
import { notFound } from "../../api/errors.ts";
import { pageQuery, paginate } from "../../api/pagination.ts";
import type { Store } from "../../store.ts";
import { findApp } from "../app.ts";
import type { App, Deployment } from "../model.ts";
import { describeLogs } from "../observation.ts";
import { componentNames } from "../spec/spec.ts";
import {
  cancelDeployment,
  createDeployment,
  describeDeployment,
  findDeployment,
  mustNotBePinned,
} from "./deployment.ts";
import { commitRollback, revertRollback, rollBack, validateRollback } from "./rollback.ts";

const [read, update] = ["app:read", "app:update"];

const answer = (deployment: Deployment) => ok({ deployment: describeDeployment(deployment) });

const rollbackBody = z.strictObject({
  deployment_id: z.uuid(),
  skip_pin: z.boolean().default(false),
});

const rollbackEndpoints = [
  endpoint({
    method: "POST",
    path: "/v2/apps/:app_id/rollback/validate",
    scope: update,
    refusal: 400,
    body: rollbackBody,
    handle: ({ store, params, body }) => {
      const app = findApp(store, params.app_id);
      return ok(validateRollback(app, findDeployment(app, body.deployment_id)));
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/apps/:app_id/rollback",
    scope: update,
    refusal: 400,
    body: rollbackBody,
    handle: ({ store, params, body, at }) => {
      const app = findApp(store, params.app_id);
      const target = findDeployment(app, body.deployment_id);
      return answer(rollBack(store, app, target, { skipPin: body.skip_pin, at }));
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/apps/:app_id/rollback/commit",
    scope: update,
    handle: ({ store, params }) => {
      commitRollback(findApp(store, params.app_id));
      return { status: 200 };
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/apps/:app_id/rollback/revert",
    scope: update,
    handle: ({ store, params, at }) =>
      answer(revertRollback(store, findApp(store, params.app_id), at)),
  }),
];

const logQuery = z.strictObject({
  follow: z.enum(["true", "false"]).exactOptional(),
  pod_connection_timeout: z.string().exactOptional(),
  type: z.enum(["UNSPECIFIED", "BUILD", "DEPLOY", "RUN", "RUN_RESTARTED", "AUTOSCALE_EVENT"]),
});

function activeDeployment(app: App): Deployment {
  const active = app.deployments.find(({ id }) => id === app.active_deployment);
  if (!active) throw notFound("the app has no active deployment");
  return active;
}

interface LogCall {
  readonly store: Store;
  readonly query: z.infer<typeof logQuery>;
  readonly origin: string;
}

function logsOf(
  { store, query, origin }: LogCall,
  appId: string,
  deploymentId?: string,
  component?: string,
) {
  const app = findApp(store, appId);
  const deployment =
    deploymentId === undefined ? activeDeployment(app) : findDeployment(app, deploymentId);
  if (component !== undefined && !componentNames(deployment.spec).includes(component)) {
    throw notFound("component not found");
  }
  const { type, follow } = query;
  const wanted = {
    type,
    follow: follow === "true",
    ...(component === undefined ? {} : { component }),
  };
  return ok(describeLogs(app, deployment, wanted, origin));
}

const logEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/apps/:app_id/logs",
    scope: read,
    query: logQuery,
    handle: (call) => logsOf(call, call.params.app_id),
  }),
  endpoint({
    method: "GET",
    path: "/v2/apps/:app_id/components/:component/logs",
    scope: read,
    query: logQuery,
    handle: (call) => logsOf(call, call.params.app_id, undefined, call.params.component),
  }),
  endpoint({
    method: "GET",
    path: "/v2/apps/:app_id/deployments/:id/logs",
    scope: read,
    query: logQuery,
    handle: (call) => logsOf(call, call.params.app_id, call.params.id),
  }),
  endpoint({
    method: "GET",
    path: "/v2/apps/:app_id/deployments/:id/components/:component/logs",
    scope: read,
    query: logQuery,
    handle: (call) => logsOf(call, call.params.app_id, call.params.id, call.params.component),
  }),
];

/** Deployments of apps. Source: DigitalOcean API description, `apps/`. */
export const deploymentEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/apps/:app_id/deployments",
    scope: read,
    query: pageQuery,
    handle: ({ store, params, query, url }) => {
      const newestFirst = findApp(store, params.app_id).deployments.toReversed();
      return ok(paginate("deployments", newestFirst.map(describeDeployment), { query, url }));
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/apps/:app_id/deployments",
    scope: update,
    refusal: 400,
    body: z.strictObject({ force_build: z.boolean().exactOptional() }).optional(),
    handle: ({ store, params, at }) => {
      const app = findApp(store, params.app_id);
      mustNotBePinned(app);
      return answer(createDeployment(store, app, { cause: "manual", pullAgain: true }, at));
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/apps/:app_id/deployments/:id",
    scope: read,
    handle: ({ store, params }) => answer(findDeployment(findApp(store, params.app_id), params.id)),
  }),
  endpoint({
    method: "POST",
    path: "/v2/apps/:app_id/deployments/:id/cancel",
    scope: update,
    handle: ({ store, params, at }) => {
      const app = findApp(store, params.app_id);
      const deployment = findDeployment(app, params.id);
      cancelDeployment(store, app, deployment, at);
      return answer(deployment);
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/apps/:app_id/restart",
    scope: update,
    refusal: 400,
    body: z.strictObject({ components: z.array(z.string()).exactOptional() }).optional(),
    handle: ({ store, params, body, at }) => {
      const app = findApp(store, params.app_id);
      mustNotBePinned(app);
      const active = activeDeployment(app);
      const restarts = body?.components ?? componentNames(active.spec);
      const request = { cause: "manual restart", restarts };
      return answer(createDeployment(store, app, request, at, active.spec));
    },
  }),
  ...rollbackEndpoints,
  ...logEndpoints,
];
