import { Agent } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";

import type { Clock } from "../../../clock.ts";
import type { LocalNames } from "../../../door/local-names.ts";
import { type Forwarded, forward } from "../../../proxy/forward.ts";
import { settle } from "../../settle.ts";
import type { Store } from "../../store.ts";
import { imageOf } from "../images.ts";
import type { App, Deployment, Instance } from "../model.ts";
import { defaultHttpPort, takesRequests } from "../programs/ports.ts";
import { runningComponents } from "../spec/spec.ts";
import type { AppSpec } from "../spec/spec.ts";
import { type CorsAnswer, corsAnswer } from "./cors.ts";
import { answersFor, routeOf, ruleOf } from "./ingress.ts";
import { cameByLocalName, headersForProgram, headersForVisitor } from "./program-headers.ts";
import type { TrafficLog } from "./traffic-log.ts";
import { type Visit, type VisitEnd, finish, newVisit, refuse, say } from "./visit.ts";

/** What the ingress needs to know of programs. */
export interface IngressContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly names: LocalNames;
  readonly log: TrafficLog;
  /** Where an instance answers; undefined while it does not. */
  readonly portOf: (instance: string, port: number) => number | undefined;
  /** Milliseconds from a request's arrival to the beginning of its answer. */
  readonly limit: number;
}

/** Where a request goes, and what is said to pages of other origins. */
interface Destination {
  readonly app: App;
  readonly component: string;
  readonly path: string;
  readonly cors: CorsAnswer | undefined;
}

interface Ready {
  readonly instance: Instance;
  readonly port: number;
}

/** Tries of one request: the router does not go on for ever. */
const mostTries = 3;

/**
 * The router in front of the programs of all apps: it finds the component by the active deployment's rules, goes round the
 * instances that are ready, streams both bodies, and keeps what became of each request.
 */
export class ProgramIngress {
  readonly #context: IngressContext;
  readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });
  readonly #turns = new Map<string, number>();

  constructor(context: IngressContext) {
    this.#context = context;
  }

  /** Whether a host's requests go to programs: to an app with one in what it runs. */
  answersFor(host: string): boolean {
    const { store, clock } = this.#context;
    settle(store, clock.now());
    const app = appOf(store, host);
    return app !== undefined && runsPrograms(store, app);
  }

  /** Answers a request to a host for which it {@link answersFor}. */
  async serve(request: IncomingMessage, response: ServerResponse, host: string): Promise<void> {
    const visit = newVisit(request, response, host);
    const end = await this.#answer(visit);
    this.#context.log.record({
      at: new Date(visit.began).toISOString(),
      method: request.method ?? "GET",
      host,
      path: visit.path,
      milliseconds: Date.now() - visit.began,
      ...end,
    });
  }

  /** Closes the connections to programs. */
  close(): void {
    this.#agent.destroy();
  }

  #answer(visit: Visit): Promise<VisitEnd> | VisitEnd {
    const app = appOf(this.#context.store, visit.host);
    const spec = app && activeDeployment(app)?.spec;
    if (!app || !spec) return refuse(visit, 503, "no healthy upstream");
    if (spec.maintenance?.enabled) return refuse(visit, 503, "the app is in maintenance");
    const cors = this.#corsOf(spec, visit);
    if (cors && isPreflight(visit.request)) return say(visit, 200, "ruled", cors.preflight);
    return this.#route(visit, app, spec, cors);
  }

  #corsOf(spec: AppSpec, { host, path, origin }: Visit): CorsAnswer | undefined {
    if (origin === undefined) return undefined;
    const rule = ruleOf(spec, host, path);
    return corsAnswer(rule?.cors, this.#context.names.toOfficial(origin), origin);
  }

  #route(
    visit: Visit,
    app: App,
    spec: AppSpec,
    cors: CorsAnswer | undefined,
  ): Promise<VisitEnd> | VisitEnd {
    const route = routeOf(spec, visit.host, visit.path);
    if (route.kind === "none") return say(visit, 404, "not-routed");
    if (route.kind === "component") return this.#pass(visit, { ...route, app, cors });
    const { names } = this.#context;
    const { status, location } = route;
    const shown = cameByLocalName(visit, names) ? names.toLocal(location) : location;
    return say(visit, status, "ruled", [["location", shown]]);
  }

  async #pass(visit: Visit, destination: Destination): Promise<VisitEnd> {
    const { component } = destination;
    const tried = new Set<string>();
    while (tried.size < mostTries) {
      const next = this.#next(destination, tried);
      if (!next) break;
      const { name } = next.instance;
      tried.add(name);
      const result = await this.#try(visit, destination, next);
      if (result.kind === "failed" && result.repeatable === "elsewhere") continue;
      return { ...finish(visit, result), component, instance: name };
    }
    return { ...refuse(visit, 503, "no healthy upstream"), component };
  }

  async #try(visit: Visit, destination: Destination, ready: Ready): Promise<Forwarded> {
    const result = await this.#send(visit, destination, ready, this.#agent);
    const again = result.kind === "failed" && result.repeatable === "afresh";
    return again ? this.#send(visit, destination, ready, false) : result;
  }

  #send(
    visit: Visit,
    { path, cors }: Destination,
    { instance, port }: Ready,
    agent: Agent | false,
  ): Promise<Forwarded> {
    const { names, limit } = this.#context;
    return forward({
      request: visit.request,
      response: visit.response,
      port,
      agent,
      path: path + visit.query,
      headers: headersForProgram(visit, names),
      shape: (headers) => headersForVisitor(headers, visit, names, { instance, cors }),
      until: visit.began + limit,
    });
  }

  /** The instance whose turn it is, of those that get requests and were not tried yet. */
  #next({ app, component }: Destination, tried: ReadonlySet<string>): Ready | undefined {
    const { clock, portOf } = this.#context;
    const now = clock.now().getTime();
    const port = httpPortOf(app, component);
    const ready = app.instances.flatMap((instance) => {
      if (instance.component !== component || tried.has(instance.name)) return [];
      const here = takesRequests(instance, now) ? portOf(instance.name, port) : undefined;
      return here === undefined ? [] : [{ instance, port: here }];
    });
    const key = `${app.id} ${component}`;
    const turn = this.#turns.get(key) ?? 0;
    this.#turns.set(key, turn + 1);
    return ready[turn % ready.length];
  }
}

const appOf = ({ apps }: Store, host: string) => apps.find((app) => answersFor(app, host));

const activeDeployment = ({ deployments }: App): Deployment | undefined =>
  deployments.filter(({ routes_since: since }) => since !== undefined).at(-1);

function runsPrograms(store: Store, app: App): boolean {
  const deployment = activeDeployment(app) ?? app.deployments.at(-1);
  return runningComponents(deployment?.spec ?? app.spec).some(
    ({ spec: { name, image } }) =>
      image && imageOf(store, image, deployment?.digests[name] ?? "")?.program !== undefined,
  );
}

const httpPortOf = (app: App, component: string) =>
  activeDeployment(app)?.spec.services?.find(({ name }) => name === component)?.http_port ??
  defaultHttpPort;

const isPreflight = ({ method, headers }: IncomingMessage) =>
  method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
