import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { type UptimeAlertRule, serviceLevelAlerts, uptimeAlerts } from "./alert-rules.ts";
import { publicEndpoints, serviceLevelEndpoints } from "./public-endpoints.ts";

/** A check from outside. */
export interface WantedCheck {
  /** Last part of its name: `api`, `service-levels-api`. */
  readonly noun: string;
  readonly target: string;
  /** Its alerts, without recipients. */
  readonly alerts: readonly UptimeAlertRule[];
}

/** Every check from outside that an environment has. */
export function wantedChecks(config: EnvironmentConfig): readonly WantedCheck[] {
  const ofEndpoints = Object.entries(publicEndpoints(config)).map(([noun, target]) => ({
    noun,
    target,
    alerts: uptimeAlerts(config),
  }));
  return config.monitoring.objectives.enabled
    ? [...ofEndpoints, ...serviceLevelChecks(config)]
    : ofEndpoints;
}

const serviceLevelChecks = (config: EnvironmentConfig): readonly WantedCheck[] =>
  Object.entries(serviceLevelEndpoints(config)).map(([service, target]) => ({
    noun: `service-levels-${service}`,
    target,
    alerts: serviceLevelAlerts,
  }));
