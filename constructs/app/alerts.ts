import type {
  AppSpecAlert,
  AppSpecServiceAlert,
} from "@cdktf/provider-digitalocean/lib/app/index.js";

import {
  type ComponentName,
  type EnvironmentConfig,
  publicServiceNames,
} from "../../environments/schema/environment.ts";
import { backupImage } from "./backup-image.ts";
import { type AppContext, backupName } from "./context.ts";

/**
 * Who gets the app's alerts: the same everywhere, because the provider assigns destinations by the name of the rule
 * alone, and assigns none at all when the first alert has none (docs/decisions/0012-one-set-of-alert-recipients.md).
 */
function destinations({ alerting }: EnvironmentConfig) {
  return { emails: [...alerting.recipients] };
}

const isMuted = ({ alerting }: EnvironmentConfig) => alerting.recipients.length === 0;

/** Alerts of the app as a whole: a deployment or a domain that failed, and autoscaling that could not. */
export function appAlerts(config: EnvironmentConfig): AppSpecAlert[] {
  if (isMuted(config)) return [];
  const autoscales = Object.values(config.services).some(
    (component) => "instances" in component && component.instances.autoscaling !== undefined,
  );
  const rules = ["DEPLOYMENT_FAILED", "DOMAIN_FAILED", ...(autoscales ? ["AUTOSCALE_FAILED"] : [])];
  return rules.map((rule) => ({ rule, destinations: destinations(config) }));
}

/**
 * The component whose alerts say where to: the provider (2.99.1) sends what one component's alert says to the alerts of that rule
 * of every component. Said by all five it would be sent five times, 75 requests one after the other. It is the backup where there is
 * one, since it may come to an app that stands, where what an alert said before is ignored.
 */
function speaker(context: Alerted): string {
  return backupImage(context) === undefined ? publicServiceNames[0] : backupName;
}

/** What alerts are made from. */
type Alerted = Pick<AppContext, "config" | "release">;

/** Alerts of a component: CPU, memory and restarts. */
export function componentAlerts(
  context: Alerted,
  name: ComponentName | typeof backupName,
): AppSpecServiceAlert[] {
  const rules = componentRules(context.config);
  if (name !== speaker(context)) return rules;
  return rules.map((rule) => ({ ...rule, destinations: destinations(context.config) }));
}

/** The same of every component. */
function componentRules(config: EnvironmentConfig): AppSpecServiceAlert[] {
  if (isMuted(config)) return [];
  const { cpuPercent, memoryPercent, restarts } = config.alerting.components;
  const above = (rule: string, value: number, window: string) => ({
    rule,
    operator: "GREATER_THAN",
    value,
    window,
  });
  return [
    above("CPU_UTILIZATION", cpuPercent, "TEN_MINUTES"),
    above("MEM_UTILIZATION", memoryPercent, "FIVE_MINUTES"),
    above("RESTART_COUNT", restarts, "TEN_MINUTES"),
  ];
}

/** The services and workers of a spec. */
export interface AlertedComponents {
  readonly services: readonly unknown[];
  readonly workers: readonly unknown[];
}

/**
 * Terraform paths of all alert destinations, to be ignored: the API never gives them back, so each would be a change on
 * every plan. What an alert says that is new is sent all the same.
 */
export function ignoredDestinations(
  config: EnvironmentConfig,
  { services, workers }: AlertedComponents,
): string[] {
  const paths = (prefix: string, alerts: readonly unknown[]) =>
    alerts.map((_, index) => `${prefix}alert[${index}].destinations`);
  const ofComponents = (block: string, components: readonly unknown[]) =>
    components.flatMap((_, index) => paths(`spec[0].${block}[${index}].`, componentRules(config)));
  return [
    ...paths("spec[0].", appAlerts(config)),
    ...ofComponents("service", services),
    ...ofComponents("worker", workers),
  ];
}
