import { secondsOf } from "../../../durations.ts";
import type { Store } from "../../store.ts";
import { variableOf } from "../bindables.ts";
import { imageOf } from "../images.ts";
import type { App, Instance } from "../model.ts";
import { runningComponents } from "../spec/spec.ts";
import type { AppSpec } from "../spec/spec.ts";
import { answersFor, routeOf } from "./ingress.ts";
import { verdictOf } from "./playback-links.ts";

/** A request that a browser makes. */
export interface TrafficRequest {
  readonly host: string;
  /** Path without query. */
  readonly path: string;
  /** Virtual time at which it is made; a time that has passed can be asked about, too. */
  readonly at: Date;
  /** Virtual seconds that the component works on it; default 0. */
  readonly seconds?: number;
}

/** What becomes of a request. */
export interface TrafficAnswer {
  readonly status: number;
  /** `refused` is what a user sees as an outage; `denied` is what the image itself says no to. */
  readonly outcome: "served" | "refused" | "denied" | "redirected" | "not-routed";
  readonly component?: string;
  readonly instance?: string;
  readonly deployment?: string;
  readonly digest?: string;
  /** Path that the component received. */
  readonly path?: string;
  readonly location?: string;
  /** Why it was refused, denied or not routed. */
  readonly reason?: string;
}

const refused = (reason: string, rest: Partial<TrafficAnswer> = {}): TrafficAnswer => ({
  status: 503,
  outcome: "refused",
  reason,
  ...rest,
});

const notRouted = (reason: string): TrafficAnswer => ({
  status: 404,
  outcome: "not-routed",
  reason,
});

/** Whether the router sends requests to an instance: also for a moment after the instance left its list. */
function isRouted({ routed, draining }: Instance, now: number): boolean {
  const propagation = secondsOf("router-propagation") * 1000;
  return (
    routed !== undefined &&
    now >= routed &&
    (draining === undefined || now < draining + propagation)
  );
}

function answerOf(instance: Instance, path: string, now: number, seconds: number): TrafficAnswer {
  const { component, name, deployment, digest } = instance;
  const where = { component, instance: name, deployment, digest, path };
  if (instance.terminated !== undefined && now >= instance.terminated) {
    return refused("the instance was already told to end", where);
  }
  if (instance.killed !== undefined && now + seconds * 1000 > instance.killed) {
    return refused("the instance was killed while it worked on the request", where);
  }
  if (instance.answers === undefined) return refused("the instance is not healthy", where);
  if (now < instance.answers) return refused("the instance does not answer yet", where);
  return { status: 200, outcome: "served", ...where };
}

/** The specification by which requests are routed at a time: that of the deployment which was active then. */
function activeSpec(app: App, now: number): AppSpec | undefined {
  return app.deployments
    .filter(({ routes_since: since }) => since !== undefined && since <= now)
    .at(-1)?.spec;
}

function componentAnswers(
  store: Store,
  app: App,
  component: string,
  path: string,
  request: TrafficRequest,
): readonly TrafficAnswer[] {
  const now = request.at.getTime();
  const isSite = app.spec.static_sites?.some(({ name }) => name === component);
  if (isSite) return [{ status: 200, outcome: "served", component, path }];
  const eligible = app.instances.filter(
    (instance) => instance.component === component && isRouted(instance, now),
  );
  if (eligible.length === 0) return [refused("no instance is in the router's list", { component })];
  return eligible.map((instance) => {
    const answer = answerOf(instance, path, now, request.seconds ?? 0);
    return answer.outcome === "served" ? servedBy(store, app, instance, answer) : answer;
  });
}

/** What the image makes of a request that reached it: an edge that verifies links says no to most paths. */
function servedBy(store: Store, app: App, instance: Instance, answer: TrafficAnswer) {
  const spec = app.deployments.find(({ id }) => id === instance.deployment)?.spec;
  const image = runningComponents(spec ?? app.spec).find(
    (one) => one.spec.name === instance.component,
  )?.spec.image;
  if (!spec || !image || !imageOf(store, image, instance.digest)?.verifiesLinks) return answer;
  const variable = (name: string) => variableOf(store, app, spec, instance.component, name);
  const { status, reason } = verdictOf(answer.path ?? "/", variable, new Date());
  if (reason === undefined) return answer;
  return { ...answer, status, outcome: "denied" as const, reason };
}

/**
 * Everything that can become of a request at its time: one answer for each instance that the router might choose. An
 * scenario that asks for every second of a release knows that nobody was refused when no answer of any second was.
 */
export function answersTo(store: Store, request: TrafficRequest): readonly TrafficAnswer[] {
  const app = store.apps.find((one) => answersFor(one, request.host));
  if (!app) return [notRouted(`no app answers for ${request.host}`)];
  const spec = activeSpec(app, request.at.getTime());
  if (!spec) return [refused("the app has no active deployment")];
  if (spec.maintenance?.enabled) return [refused("the app is in maintenance")];
  const route = routeOf(spec, request.host, request.path);
  if (route.kind === "none") return [notRouted(`no ingress rule matches ${request.path}`)];
  if (route.kind === "redirect") {
    const { status, location } = route;
    return [{ status, outcome: "redirected", location }];
  }
  return componentAnswers(store, app, route.component, route.path, request);
}
