import { z } from "zod";

import { type ComponentName, componentNames } from "../../environments/schema/environment.ts";
import { appComponent } from "@mam-infra/clients/digitalocean/app-spec";
import type { StandingApp } from "./standing.ts";

const ruleSchema = z.looseObject({
  match: z
    .looseObject({
      path: z.looseObject({ prefix: z.string().optional() }).optional(),
      authority: z.looseObject({ exact: z.string().optional() }).optional(),
    })
    .optional(),
  component: z
    .looseObject({
      name: z.string(),
      preserve_path_prefix: z.boolean().optional(),
      rewrite: z.string().optional(),
    })
    .optional(),
});

const seconds = z.number().optional();

const check = z.looseObject({
  http_path: z.string().optional(),
  port: z.number().optional(),
  initial_delay_seconds: seconds,
  period_seconds: seconds,
  timeout_seconds: seconds,
  success_threshold: z.number().optional(),
  failure_threshold: z.number().optional(),
});

const componentSchema = appComponent.extend({
  http_port: z.number().optional(),
  health_check: check.optional(),
  run_command: z.string().optional(),
  termination: z.looseObject({ drain_seconds: seconds, grace_period_seconds: seconds }).optional(),
  autoscaling: z
    .looseObject({
      min_instance_count: z.number(),
      max_instance_count: z.number(),
      metrics: z.looseObject({ cpu: z.looseObject({ percent: z.number() }).optional() }).optional(),
    })
    .optional(),
});

/** A service or a worker of an app that was made by hand. */
export type StandingComponent = z.output<typeof componentSchema>;

/** A route of an app: which component answers what. */
export interface StandingRoute {
  readonly prefix: string;
  /** The one host that it is about; undefined for all of them. */
  readonly host?: string | undefined;
  /** Who answers; undefined where visitors are sent elsewhere. */
  readonly component: string | undefined;
  /** Whether the path reaches the component with its prefix, or written anew. */
  readonly isWhole: boolean;
}

/** Services and workers of an app. */
export function componentsOf({ spec }: StandingApp): readonly StandingComponent[] {
  return z.array(componentSchema).parse([...(spec.services ?? []), ...(spec.workers ?? [])]);
}

/** A variable of an app, with what it refers to. */
type StandingVariable = NonNullable<StandingComponent["envs"]>[number];

/**
 * Variables that a component has: its own, then those of the whole app that it does not write over. A value that is nothing
 * but a reference to one of the whole app has that one's value.
 */
export function variablesOf(
  { spec }: StandingApp,
  { envs = [] }: Pick<StandingComponent, "envs">,
): readonly StandingVariable[] {
  const wide = spec.envs ?? [];
  const inherited = wide.filter(({ key }) => !envs.some((own) => own.key === key));
  return [...envs, ...inherited].map((variable) => {
    const [, name] = /^\$\{(\w+)\}$/.exec(variable.value ?? "") ?? [];
    const other = wide.find(({ key }) => key === name);
    return other && other.type !== "SECRET" ? { ...variable, value: other.value } : variable;
  });
}

const oldRoutes = z
  .array(
    z.looseObject({ path: z.string().optional(), preserve_path_prefix: z.boolean().optional() }),
  )
  .optional();

/** The routes of an app, in their order: of its ingress, or of its components, as they were written before there was one. */
export function routesOf({ spec }: StandingApp): readonly StandingRoute[] {
  const routes = ingressRoutesOf(spec);
  return routes.length === 0 ? routesOfComponents(spec) : routes;
}

/** The routes of a spec's ingress, in their order. */
export function ingressRoutesOf({ ingress }: StandingApp["spec"]): readonly StandingRoute[] {
  const { rules = [] } = z
    .looseObject({ rules: z.array(ruleSchema).optional() })
    .parse(ingress ?? {});
  return rules.map(({ match, component }) => ({
    prefix: match?.path?.prefix ?? "/",
    host: match?.authority?.exact,
    component: component?.name,
    isWhole: component?.preserve_path_prefix === true || component?.rewrite !== undefined,
  }));
}

function routesOfComponents({ services = [], static_sites: sites = [] }: StandingApp["spec"]) {
  return [...services, ...sites].flatMap((component) =>
    (oldRoutes.parse(component.routes) ?? []).map(({ path, preserve_path_prefix: keeps }) => ({
      prefix: path ?? "/",
      component: component.name,
      isWhole: keeps === true,
    })),
  );
}

/** Names of components of ours, each with the name of the one that stands in its place. */
export type Roles = Readonly<Partial<Record<ComponentName, string>>>;

/**
 * Which component of an app does what: what a person says, then its name, then its route; a worker that is alone makes
 * previews, and a service that is alone is the page.
 *
 * @param said what a person said: name of ours, name of theirs.
 */
export function rolesOf(app: StandingApp, said: Roles = {}): Roles {
  const roles: Partial<Record<ComponentName, string>> = { ...said };
  const routes = routesOf(app);
  const give = (role: ComponentName, component: string | undefined) => {
    if (component === undefined || roles[role] !== undefined) return;
    if (!Object.values(roles).includes(component)) roles[role] = component;
  };
  for (const role of componentNames)
    give(
      role,
      ablesOf(app, routes, role).find((name) => name === role),
    );
  give("api", routes.find(({ prefix }) => /^\/api\b/.test(prefix))?.component);
  give("frontend", routes.find(({ prefix, host }) => prefix === "/" && !host)?.component);
  give("edge", routes.find(({ host, prefix }) => host ?? /^\/media\b/.test(prefix))?.component);
  give("worker", aloneIn(app.spec.workers));
  give("frontend", aloneIn(app.spec.services));
  return roles;
}

/** Names of components that could do the work of one of ours: a name alone makes no worker of what visitors come to. */
function ablesOf({ spec }: StandingApp, routes: readonly StandingRoute[], role: ComponentName) {
  const services = (spec.services ?? []).map(({ name }) => name);
  if (role !== "worker") return services;
  const unreached = services.filter((name) => !routes.some(({ component }) => component === name));
  return [...(spec.workers ?? []).map(({ name }) => name), ...unreached];
}

/** The name of the one that is there; undefined where there are more, or none. */
function aloneIn(components: readonly { readonly name: string }[] = []): string | undefined {
  return components.length === 1 ? components[0]?.name : undefined;
}
