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
  component: z.looseObject({ name: z.string() }).optional(),
});

const check = z.looseObject({ http_path: z.string().optional() });

const componentSchema = appComponent.extend({
  http_port: z.number().optional(),
  health_check: check.optional(),
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
  readonly component: string;
}

/** Services and workers of an app. */
export function componentsOf({ spec }: StandingApp): readonly StandingComponent[] {
  return z.array(componentSchema).parse([...(spec.services ?? []), ...(spec.workers ?? [])]);
}

/** The routes of an app, in their order. */
export function routesOf({ spec }: StandingApp): readonly StandingRoute[] {
  const { rules = [] } = z
    .looseObject({ rules: z.array(ruleSchema).optional() })
    .parse(spec.ingress ?? {});
  return rules.flatMap(({ match, component }) =>
    component
      ? [
          {
            prefix: match?.path?.prefix ?? "/",
            host: match?.authority?.exact,
            component: component.name,
          },
        ]
      : [],
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
  const names = componentsOf(app).map(({ name }) => name);
  const give = (role: ComponentName, component: string | undefined) => {
    if (component === undefined || roles[role] !== undefined) return;
    if (!Object.values(roles).includes(component)) roles[role] = component;
  };
  for (const role of componentNames)
    give(
      role,
      names.find((name) => name === role),
    );
  const routes = routesOf(app);
  give("api", routes.find(({ prefix }) => /^\/api\b/.test(prefix))?.component);
  give("frontend", routes.find(({ prefix, host }) => prefix === "/" && !host)?.component);
  give("edge", routes.find(({ host, prefix }) => host ?? /^\/media\b/.test(prefix))?.component);
  give("worker", aloneIn(app.spec.workers));
  give("frontend", aloneIn(app.spec.services));
  return roles;
}

/** The name of the one that is there; undefined where there are more, or none. */
function aloneIn(components: readonly { readonly name: string }[] = []): string | undefined {
  return components.length === 1 ? components[0]?.name : undefined;
}
