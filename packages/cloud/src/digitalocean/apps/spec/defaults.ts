import type { AppSpec, IngressRule } from "./spec.ts";

const defaultPort = 8080;

function generatedRules({ services = [], static_sites: sites = [] }: AppSpec): IngressRule[] {
  const routed = [...services, ...sites].flatMap(({ name, routes = [] }) =>
    routes.map(({ path = "/", preserve_path_prefix: keep }) => ({
      match: { path: { prefix: path } },
      component: { name, ...(keep ? { preserve_path_prefix: true } : {}) },
    })),
  );
  const [first] = [...services, ...sites];
  if (routed.length > 0 || !first) return routed;
  return [{ match: { path: { prefix: "/" } }, component: { name: first.name } }];
}

type Service = NonNullable<AppSpec["services"]>[number];
type Destination = NonNullable<Service["log_destinations"]>[number];

function withUser(destination: Destination): Destination {
  const { open_search: search } = destination;
  if (!search || search.basic_auth) return destination;
  // Specs of the control panel come back with it, and terraform-provider-digitalocean reads it without looking.
  return { ...destination, open_search: { ...search, basic_auth: { user: "doadmin" } } };
}

const withUsers = <Component extends { log_destinations?: Destination[] }>(component: Component) =>
  component.log_destinations
    ? { ...component, log_destinations: component.log_destinations.map(withUser) }
    : component;

/**
 * A specification as the platform gives it back: with the ports, the ingress and the features that it fills in where
 * none were sent. What was sent stays as it is.
 */
export function completeSpec(spec: AppSpec): AppSpec {
  const rules = spec.ingress ? [] : generatedRules(spec);
  return {
    ...spec,
    region: spec.region ?? "nyc",
    features: spec.features ?? ["buildpack-stack=ubuntu-22"],
    ...(spec.services
      ? {
          services: spec.services.map((service) => ({
            ...withUsers(service),
            http_port: service.http_port ?? defaultPort,
          })),
        }
      : {}),
    ...(spec.workers ? { workers: spec.workers.map(withUsers) } : {}),
    ...(spec.jobs ? { jobs: spec.jobs.map(withUsers) } : {}),
    ...(rules.length > 0 ? { ingress: { rules } } : {}),
  };
}
