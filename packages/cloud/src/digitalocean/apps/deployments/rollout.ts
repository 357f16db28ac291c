import { secondsOf } from "../../../durations.ts";
import type { Store } from "../../store.ts";
import { builtImage, imageOf } from "../images.ts";
import type { App, Deployment, Instance, RolloutFailure } from "../model.ts";
import { runningComponents } from "../spec/spec.ts";
import type { AppSpec, RunningComponent, ServiceSpec, WorkerSpec } from "../spec/spec.ts";
import { demandedFailure, serviceReadiness, workerReadiness } from "./readiness.ts";
import type { Readiness } from "./readiness.ts";

type Scaled = Exclude<RunningComponent, { readonly kind: "job" }>;

/** What a rollout comes to. */
export interface Rollout {
  readonly instances: readonly Instance[];
  /** When every instance is ready, or the first fails; milliseconds since the epoch. */
  readonly ends: number;
  readonly failure?: RolloutFailure;
}

/** Services and workers of a specification. */
export const scaledComponents = (spec: AppSpec): Scaled[] =>
  runningComponents(spec).filter((component): component is Scaled => component.kind !== "job");

/** How many instances a component starts with. */
export const instanceCount = ({ instance_count: count, autoscaling }: ServiceSpec | WorkerSpec) =>
  count ?? autoscaling?.min_instance_count ?? 1;

/** Code of an image that could not be pulled: an assumption, no vendor page was found that names it. */
const pullFailed = "DeployImagePullFailed";

function readinessOf(
  component: Scaled,
  deployment: Deployment,
  image: Parameters<typeof workerReadiness>[0],
  started: number,
): Readiness {
  if (component.kind === "worker") return workerReadiness(image, started);
  if (deployment.fails_at === "health-check") return demandedFailure(started);
  return serviceReadiness(component.spec.health_check, image, started);
}

interface Planned {
  readonly instances: Instance[];
  readonly ends: number;
  readonly failure?: RolloutFailure;
}

function missingImage({ spec: { name, image } }: Scaled, started: number): Planned {
  const wanted = image?.digest ?? `tag ${image?.tag ?? "latest"}`;
  const message = `The image ${image?.repository ?? name} with ${wanted} was not found in the registry.`;
  const failure = { component: name, step: "deploy", code: pullFailed, message } as const;
  return { instances: [], ends: started, failure };
}

/**
 * Plans the start of a component's containers.
 *
 * @param instances how many, and the number of the first.
 */
export function planComponent(
  store: Store,
  deployment: Deployment,
  component: Scaled,
  started: number,
  { count, from }: { readonly count: number; readonly from: number },
): Planned {
  const { name, image: source } = component.spec;
  const digest = deployment.digests[name] ?? "";
  const image = source ? imageOf(store, source, digest) : builtImage;
  if (!image) return missingImage(component, started);
  const readiness = readinessOf(component, deployment, image, started);
  const instances = Array.from({ length: count }, (_, index) => ({
    name: `${name}-${deployment.id.slice(0, 8)}-${from + index}`,
    component: name,
    kind: component.kind,
    deployment: deployment.id,
    digest,
    started,
    ...(image.program
      ? { isProgram: true, restarts: [] }
      : "answers" in readiness
        ? { answers: readiness.answers }
        : {}),
  }));
  if (image.program && "ready" in readiness) return { instances, ends: started };
  if ("ready" in readiness) return { instances, ends: readiness.ready };
  const { code, message, fails } = readiness;
  return { instances, ends: fails, failure: { component: name, step: "wait", code, message } };
}

/**
 * Plans the start of a deployment's containers: all components at once. They get no request before every one of them
 * is ready ({@link switchTraffic}), so a component that fails takes nothing away from what runs.
 *
 * @param components names of those that roll, when a restart names some.
 */
export function planRollout(
  store: Store,
  deployment: Deployment,
  at: Date,
  components?: readonly string[],
): Rollout {
  const started = at.getTime() + secondsOf("image-pull") * 1000;
  const plans = scaledComponents(deployment.spec)
    .filter(({ spec }) => components?.includes(spec.name) ?? true)
    .map((component) =>
      planComponent(store, deployment, component, started, {
        count: instanceCount(component.spec),
        from: 0,
      }),
    );
  const failures = plans.filter(({ failure }) => failure !== undefined);
  const [first] = failures.toSorted((one, other) => one.ends - other.ends);
  return {
    instances: plans.flatMap(({ instances }) => instances),
    ends: first?.ends ?? Math.max(started, ...plans.map(({ ends }) => ends)),
    ...(first?.failure ? { failure: first.failure } : {}),
  };
}

/** Seconds that instances get to end. Source: `apps/models/app_service_spec_termination.yml` (defaults 15 and 120). */
export function terminationOf(spec: AppSpec, component: string): { drain: number; grace: number } {
  const found = scaledComponents(spec).find((one) => one.spec.name === component);
  const grace = found?.spec.termination?.grace_period_seconds ?? 120;
  const drain = found?.kind === "service" ? (found.spec.termination?.drain_seconds ?? 15) : 0;
  return { drain, grace };
}

const isLive = ({ draining, killed }: Instance) => draining === undefined && killed === undefined;

/**
 * Moves traffic from the instances that run to a deployment's own. The old ones leave the router's list, get SIGTERM
 * after their drain time and SIGKILL after their grace time. A component that had one instance and has one again is
 * replaced in place: its old one ends at once, and nothing answers until the new one is in the router's list.
 */
export function switchTraffic(
  store: Store,
  app: App,
  deployment: Deployment,
  { spec, at }: { readonly spec: AppSpec; readonly at: Date },
): void {
  const now = at.getTime();
  const fresh = app.instances.filter((one) => one.deployment === deployment.id && isLive(one));
  const rolled = new Set(fresh.map(({ component }) => component));
  const present = new Set(scaledComponents(deployment.spec).map((one) => one.spec.name));
  const old = app.instances.filter(
    (one) =>
      one.deployment !== deployment.id &&
      isLive(one) &&
      (rolled.has(one.component) || !present.has(one.component)),
  );
  const count = (list: readonly Instance[], component: string) =>
    list.filter((one) => one.component === component).length;
  const inPlace = ({ component, kind }: Instance) =>
    kind === "service" && count(old, component) === 1 && count(fresh, component) === 1;
  for (const instance of old) {
    const termination = terminationOf(spec, instance.component);
    const drain = inPlace(instance) ? 0 : termination.drain;
    endInstance(store, instance, { ...termination, drain }, at);
  }
  for (const instance of fresh) {
    const gap = inPlace(instance) ? secondsOf("single-instance-switch") * 1000 : 0;
    instance.routed = now + gap * stretchOf(store, instance);
  }
}

const stretchOf = ({ programStretch }: Store, { isProgram }: Instance) =>
  isProgram ? programStretch : 1;

/** Takes an instance off the router's list; it gets SIGTERM after its drain time, SIGKILL after its grace time. */
export function endInstance(
  store: Store,
  instance: Instance,
  { drain, grace }: { readonly drain: number; readonly grace: number },
  at: Date,
): void {
  const second = 1000 * stretchOf(store, instance);
  instance.draining = at.getTime();
  instance.terminated = instance.draining + drain * second;
  instance.killed = instance.terminated + grace * second;
}

/** Ends the containers of a deployment that did not come to anything; those that are programs get their grace. */
export function abandonInstances(store: Store, app: App, deployment: Deployment, at: Date): void {
  for (const instance of app.instances) {
    if (instance.deployment !== deployment.id || instance.routed !== undefined) continue;
    const { grace } = terminationOf(deployment.spec, instance.component);
    if (instance.isProgram) endInstance(store, instance, { drain: 0, grace }, at);
    else instance.killed = at.getTime();
  }
}
