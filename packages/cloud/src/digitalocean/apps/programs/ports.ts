import type { App, Instance } from "../model.ts";
import { runningComponents } from "../spec/spec.ts";
import type { AppSpec, RunningComponent, ServiceSpec } from "../spec/spec.ts";

/** Port of a service that names none. Source: docs.digitalocean.com/products/app-platform/reference/app-spec, `http_port`. */
export const defaultHttpPort = 8080;

/** The ports that a component's containers listen on, as far as its specification tells. */
export function listeningPorts(component: RunningComponent): number[] {
  if (component.kind === "job") return [];
  const { liveness_health_check: liveness } = component.spec;
  const own = component.kind === "service" ? servicePorts(component.spec) : [];
  const [first = defaultHttpPort] = own;
  return [...new Set([...own, ...(liveness ? [liveness.port ?? first] : [])])];
}

function servicePorts({ http_port: http, internal_ports = [], health_check: check }: ServiceSpec) {
  return [http ?? defaultHttpPort, ...internal_ports, check?.port].filter(
    (port) => port !== undefined,
  );
}

/** The components of a specification that have names inside their app, with their ports. */
export function componentPorts(spec: AppSpec) {
  return runningComponents(spec)
    .filter(({ kind }) => kind === "service")
    .map((one) => ({ name: one.spec.name, ports: listeningPorts(one) }));
}

/** Whether new requests are sent to an instance that is a program. */
export const takesRequests = (
  { isProgram, routed, draining, answers }: Instance,
  now: number,
): boolean =>
  isProgram === true &&
  routed !== undefined &&
  routed <= now &&
  draining === undefined &&
  answers !== undefined;

/** Where the instances of a component that get requests listen on this machine. */
export function readyPorts(
  { instances }: App,
  component: string,
  now: number,
  portOf: (instance: string) => number | undefined,
): number[] {
  return instances
    .filter((instance) => instance.component === component && takesRequests(instance, now))
    .flatMap(({ name }) => portOf(name) ?? []);
}
