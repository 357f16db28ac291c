import type { ContainerCheck } from "../../../programs/container.ts";
import { realDurations, scaledDurations } from "../../../programs/scale.ts";
import type { RunningComponent, ServiceSpec } from "../spec/spec.ts";
import { defaultHttpPort } from "./ports.ts";

/** Bad checks until one fails. Source: docs.digitalocean.com/products/app-platform/how-to/manage-health-checks. */
const [readinessFailures, livenessFailures] = [9, 18];

interface Fields {
  readonly http_path?: string;
  readonly port?: number;
  readonly timeout_seconds?: number;
}

const asked = ({ http_path, port, timeout_seconds }: Fields, ownPort: number) => ({
  port: port ?? ownPort,
  ...(http_path === undefined ? {} : { path: http_path }),
  timeout: timeout_seconds ?? realDurations["check-timeout"].seconds,
});

/** The check that decides when a service's container gets requests. Workers have none. */
export function readinessOf(component: RunningComponent): ContainerCheck | undefined {
  if (component.kind !== "service") return undefined;
  const { health_check: check = {}, http_port = defaultHttpPort }: ServiceSpec = component.spec;
  const { initial_delay_seconds, period_seconds, success_threshold, failure_threshold } = check;
  return {
    ...asked(check, http_port),
    initialDelay: initial_delay_seconds ?? scaledDurations["check-initial-delay"].seconds,
    period: period_seconds ?? scaledDurations["check-period"].seconds,
    success: success_threshold ?? 1,
    failure: failure_threshold ?? readinessFailures,
  };
}

/** The check that has a container started again, where its component has one. */
export function livenessOf(component: RunningComponent): ContainerCheck | undefined {
  if (component.kind === "job") return undefined;
  const check = component.spec.liveness_health_check;
  if (!check) return undefined;
  const ownPort = component.kind === "service" ? component.spec.http_port : undefined;
  return {
    ...asked(check, ownPort ?? defaultHttpPort),
    initialDelay: check.initial_delay_seconds ?? scaledDurations["liveness-initial-delay"].seconds,
    period: check.period_seconds ?? scaledDurations["liveness-period"].seconds,
    success: 1,
    failure: check.failure_threshold ?? livenessFailures,
  };
}
