import { z } from "zod";

import { notFound } from "../../api/errors.ts";
import { endpoint, ok } from "../../api/endpoint.ts";
import type { Store } from "../../store.ts";
import { findApp } from "../app.ts";
import { findDeployment } from "../deployments/deployment.ts";
import type { App, Instance } from "../model.ts";
import { issueTicket } from "./tickets.ts";

const query = z.strictObject({ instance_name: z.string().min(1).exactOptional() });
const scope = "app:access_console";

/** Path of the WebSocket of a console, beside the API. */
export const consolePath = "/__console";

/**
 * The addresses of consoles. Source: DigitalOcean API description, `apps/apps_get_exec.yml` and
 * `apps/apps_get_exec_active_deployment.yml`.
 */
export const consoleEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/apps/:id/components/:component/exec",
    scope,
    query,
    handle: ({ store, params, query: { instance_name: name }, at, origin }) => {
      const app = findApp(store, params.id);
      const wanted = { component: params.component, name, deployment: app.active_deployment };
      return ok({ url: addressOf(store, app, instanceOf(app, wanted, at), origin) });
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/apps/:id/deployments/:deployment/components/:component/exec",
    scope,
    query,
    handle: ({ store, params, query: { instance_name: name }, at, origin }) => {
      const app = findApp(store, params.id);
      const { id: deployment } = findDeployment(app, params.deployment);
      const instance = instanceOf(app, { component: params.component, name, deployment }, at);
      return ok({ url: addressOf(store, app, instance, origin) });
    },
  }),
];

interface Wanted {
  readonly component: string;
  readonly name: string | undefined;
  readonly deployment: string | undefined;
}

/** @throws ApiError 404 for a component or an instance that does not run. */
function instanceOf(app: App, { component, name, deployment }: Wanted, at: Date): Instance {
  const now = at.getTime();
  const instance = app.instances.find(
    (one) =>
      one.component === component &&
      one.deployment === deployment &&
      (name === undefined || one.name === name) &&
      one.started <= now &&
      now < (one.terminated ?? Infinity),
  );
  if (!instance) throw notFound("component or instance not found");
  return instance;
}

function addressOf(store: Store, app: App, instance: Instance, origin: string): string {
  const token = issueTicket(store, { app: app.id, instance: instance.name });
  return `${origin.replace(/^http/, "ws")}${consolePath}?token=${token}`;
}
