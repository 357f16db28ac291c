import { secondsOf } from "../../durations.ts";
import { badRequest } from "../api/errors.ts";
import { settle } from "../settle.ts";
import type { Store } from "../store.ts";
import {
  endInstance,
  instanceCount,
  planComponent,
  scaledComponents,
  terminationOf,
} from "./deployments/rollout.ts";
import { appendLog } from "./logs.ts";
import type { App, Deployment, Instance } from "./model.ts";

/** How many instances a component is to have. */
export interface Scaling {
  /** Name of the app. */
  readonly app: string;
  readonly component: string;
  readonly count: number;
}

const isLive = ({ draining, terminated, killed }: Instance) =>
  draining === undefined && terminated === undefined && killed === undefined;

function findComponent(store: Store, { app: name, component: of, count }: Scaling) {
  const app = store.apps.find(({ spec }) => spec.name === name);
  const active = app?.deployments.find(({ id }) => id === app.active_deployment);
  const component = active && scaledComponents(active.spec).find(({ spec }) => spec.name === of);
  if (!app || !active || !component) throw badRequest(`app ${name} runs no component ${of}`);
  const { autoscaling } = component.spec;
  const [least, most] = autoscaling
    ? [autoscaling.min_instance_count, autoscaling.max_instance_count]
    : [instanceCount(component.spec), instanceCount(component.spec)];
  if (!(count >= least && count <= most)) {
    const range = least === most ? String(least) : `${least} to ${most}`;
    throw badRequest(`${of} of app ${name} cannot have ${count} instances: its spec says ${range}`);
  }
  return { app, active, component };
}

/**
 * Does what autoscaling does when the load changes: starts further instances, which get requests once they are ready, or
 * ends the newest. The next deployment starts with the fewest again.
 *
 * @throws ApiError 400 for an app or a component that does not run, and for a count that its specification does not allow.
 */
export function scale(store: Store, scaling: Scaling, at: Date): void {
  settle(store, at);
  const { app, active, component } = findComponent(store, scaling);
  const live = app.instances.filter(
    (one) => one.component === scaling.component && one.deployment === active.id && isLive(one),
  );
  const missing = scaling.count - live.length;
  if (missing === 0) return;
  const line = `scaled from ${live.length} to ${scaling.count} instances`;
  appendLog(active, {
    at: at.toISOString(),
    component: scaling.component,
    type: "AUTOSCALE_EVENT",
    line,
  });
  if (missing > 0) addInstances(store, app, active, { component, count: missing }, at);
  else removeInstances(store, active, live.slice(missing), at);
}

function addInstances(
  store: Store,
  app: App,
  active: Deployment,
  { component, count }: { component: Parameters<typeof planComponent>[2]; count: number },
  at: Date,
): void {
  const { name } = component.spec;
  const from = app.instances.filter(
    (one) => one.component === name && one.deployment === active.id,
  ).length;
  const started = at.getTime() + secondsOf("image-pull") * 1000;
  const { instances, ends } = planComponent(store, active, component, started, { count, from });
  // A program gets requests as soon as it is ready, whenever that is.
  for (const one of instances) one.routed = one.isProgram ? started : ends;
  app.instances.push(...instances);
}

function removeInstances(
  store: Store,
  { spec }: Deployment,
  instances: readonly Instance[],
  at: Date,
): void {
  for (const instance of instances) {
    endInstance(store, instance, terminationOf(spec, instance.component), at);
  }
}
