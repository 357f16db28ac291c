import type { AppSpecServiceHealthCheck } from "@cdktf/provider-digitalocean/lib/app/index.js";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";

type Services = EnvironmentConfig["services"];

/** What the checks of a service or worker are made from. */
type Checked = Pick<Services["frontend"], "liveness" | "port">;

/** Readiness check of a service: traffic moves to a new instance only after it. */
export function readinessCheck({ health, port }: Services["frontend"]): AppSpecServiceHealthCheck {
  return {
    httpPath: health.path,
    port,
    initialDelaySeconds: health.initialDelaySeconds,
    periodSeconds: health.periodSeconds,
    timeoutSeconds: health.timeoutSeconds,
    successThreshold: health.successThreshold,
    failureThreshold: health.failureThreshold,
  };
}

/** A liveness check, in Terraform's own names: the bindings (provider 2.71.0) do not know the block, which came with 2.91.0. */
export interface LivenessCheck {
  readonly http_path: string;
  readonly port: number;
  readonly initial_delay_seconds: number;
  readonly period_seconds: number;
  readonly timeout_seconds: number;
  readonly success_threshold: 1;
  readonly failure_threshold: number;
}

/** Liveness check of a component: an instance that fails it is restarted. The platform fixes the success threshold at 1. */
export function livenessCheck({ liveness, port }: Checked): LivenessCheck {
  return {
    http_path: liveness.path,
    port,
    initial_delay_seconds: liveness.initialDelaySeconds,
    period_seconds: liveness.periodSeconds,
    timeout_seconds: liveness.timeoutSeconds,
    success_threshold: 1,
    failure_threshold: liveness.failureThreshold,
  };
}
