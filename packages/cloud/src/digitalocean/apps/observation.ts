import { badRequest } from "../api/errors.ts";
import { scaledComponents } from "./deployments/rollout.ts";
import type { App, Deployment, Instance, LogLine } from "./model.ts";

const isRunning = ({ started, killed, terminated }: Instance, now: number) =>
  started <= now && now < (killed ?? Infinity) && now < (terminated ?? Infinity);

/** The instances that run at a time, whether traffic reaches them or not. */
function runningInstances(app: App, at: Date): Instance[] {
  return app.instances.filter((instance) => isRunning(instance, at.getTime()));
}

/**
 * Health of an app's components. CPU and memory are those of components without load: load is not played.
 */
export function describeHealth(app: App, at: Date) {
  const now = at.getTime();
  const active = app.deployments.find(({ id }) => id === app.active_deployment);
  const components = active ? scaledComponents(active.spec) : [];
  return {
    components: components.map(({ spec: { name } }) => {
      const running = runningInstances(app, at).filter(
        (one) => one.component === name && one.draining === undefined,
      );
      const ready = running.filter(({ answers }) => answers !== undefined && answers <= now);
      const healthy = running.length > 0 && ready.length === running.length;
      return {
        name,
        cpu_usage_percent: 1,
        memory_usage_percent: 20,
        replicas_desired: running.length,
        replicas_ready: ready.length,
        state: healthy ? "HEALTHY" : "UNHEALTHY",
      };
    }),
  };
}

/** The running instances as the API lists them. */
export function describeInstances(app: App, at: Date) {
  return runningInstances(app, at).map(({ component, name, kind }) => ({
    component_name: component,
    instance_name: name,
    instance_alias: name,
    component_type: kind.toUpperCase(),
  }));
}

/** Which log is asked for. */
export interface LogQuery {
  readonly type: "UNSPECIFIED" | "BUILD" | "DEPLOY" | "RUN" | "RUN_RESTARTED" | "AUTOSCALE_EVENT";
  readonly component?: string;
  /** Whether lines that are still to come are wanted as well. */
  readonly follow?: boolean;
}

/**
 * Where a deployment's log can be read: the API answers addresses, never lines.
 *
 * @param origin scheme and authority of the API.
 * @throws ApiError 400 for the running log of a deployment that never ran.
 */
export function describeLogs(app: App, deployment: Deployment, query: LogQuery, origin: string) {
  if (query.type === "RUN" && !deployment.succeeded) {
    throw badRequest(
      `cannot get running logs from deployment ${deployment.id} in phase ${deployment.phase}`,
    );
  }
  const component = query.component ?? "-";
  const url = `${origin}/__logs/${app.id}/${deployment.id}/${component}/${query.type}`;
  return { historic_urls: [url], live_url: query.follow ? `${url}?follow=true` : url };
}

/**
 * Whether a line belongs to a log. What a program writes while it is deployed belongs to the deployment's log too; what it
 * wrote before it was started again has a log of its own beside the running one.
 */
export function belongsTo({ type, component }: LogQuery, app: App, line: LogLine): boolean {
  if (component !== undefined && line.component !== component) return false;
  if (type === "UNSPECIFIED" || line.type === type) return true;
  return line.by !== undefined && isOf(type, app, line.by);
}

function isOf(type: LogQuery["type"], app: App, by: NonNullable<LogLine["by"]>): boolean {
  if (type === "DEPLOY") return by.deploying;
  const restarts = app.instances.find(({ name }) => name === by.instance)?.restarts;
  return type === "RUN_RESTARTED" && by.run < (restarts?.length ?? 0);
}
