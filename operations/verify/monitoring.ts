import { databaseAlerts, uptimeAlerts } from "../../constructs/monitoring/alert-rules.ts";
import { publicEndpoints } from "../../constructs/monitoring/public-endpoints.ts";
import { resourceName } from "../../constructs/naming.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { type Comparison, inOrder } from "./comparison.ts";
import { isOwnAlert, isOwnPolicy } from "./own-alerts.ts";
import { recipientComparisons } from "./recipients.ts";
import type { ObservedData, ObservedCluster } from "../platform/observed-data.ts";
import type { ObservedState } from "../platform/observed-state.ts";

/** Checks from outside and alerts of the clusters, each with its recipients. */
export function monitoringComparisons(
  config: EnvironmentConfig,
  observed: ObservedState,
): Comparison[] {
  return [
    ...uptimeCheckComparisons(config, observed),
    ...uptimeAlertComparisons(config, observed),
    ...databaseAlertComparisons(config, observed),
    ...recipientComparisons(config, observed),
  ];
}

/** The checks from outside: what they ask for, from where, and whether they do. */
export function uptimeCheckComparisons(
  config: EnvironmentConfig,
  { checks }: ObservedState,
): Comparison[] {
  const wanted = endpointChecks(config);
  const regions = inOrder(config.alerting.uptimeRegions).join(" ");
  const isSwitchedOff = config.services.maintenancePage.enabled;
  const strangers = checks.filter(({ check }) => !wanted.some(([name]) => name === check.name));
  return [
    ...wanted.map(([name, target]) => {
      const found = checks.find(({ check }) => check.name === name)?.check;
      return {
        resource: `the uptime check ${name}`,
        expected: `https ${target} from ${regions}${isSwitchedOff ? switchedOff : ""}`,
        found:
          found &&
          `${found.type} ${found.target} from ${inOrder(found.regions ?? []).join(" ")}${found.enabled ? "" : switchedOff}`,
      };
    }),
    ...strangers.map(({ check }) => ({
      resource: "an uptime check that nobody configured",
      expected: "none",
      found: check.name,
      fix: `\`doctl monitoring uptime delete ${check.id}\``,
    })),
  ];
}

/** What is said of a check that is off, as all are while the maintenance page is shown. */
const switchedOff = ", switched off";

/** Name and target of the check of each public endpoint. */
function endpointChecks(config: EnvironmentConfig) {
  return Object.entries(publicEndpoints(config)).map(
    ([endpoint, target]) => [resourceName(config, endpoint), target] as const,
  );
}

/** The alerts of each check from outside. */
export function uptimeAlertComparisons(
  config: EnvironmentConfig,
  { checks }: ObservedState,
): Comparison[] {
  const wanted = isMuted(config) ? [] : uptimeAlerts(config);
  const text = ({ threshold, comparison, ...alert }: UptimeAlertText) => {
    // The platform may fill in a threshold where none is needed.
    const isLimited = wanted.some((one) => one.type === alert.type && one.threshold);
    return alertText(isLimited ? { ...alert, threshold, comparison } : alert);
  };
  const names = new Set(endpointChecks(config).map(([name]) => name));
  // A check that nobody configured is said once, as a whole.
  const own = checks.filter(({ check }) => names.has(check.name));
  return own.flatMap(({ check, alerts }) => {
    return [
      {
        resource: `the alerts of ${check.name}`,
        expected: inOrder(wanted.map(alertText)),
        found: inOrder(alerts.filter((alert) => isOwnAlert({ check }, alert)).map(text)),
      },
      ...alerts
        .filter((alert) => !isOwnAlert({ check }, alert))
        .map((alert) => ({
          resource: `an alert of ${check.name} that nobody configured`,
          expected: "none",
          found: `${alert.name}: ${text(alert)}`,
          fix: `\`doctl monitoring uptime alert delete ${check.id} ${alert.id}\``,
        })),
    ];
  });
}

/** The alert policies of both clusters. */
export function databaseAlertComparisons(
  config: EnvironmentConfig,
  observed: ObservedData,
): Comparison[] {
  const { alerting, database, cache } = config;
  const compared = (
    name: string,
    cluster: ObservedCluster | undefined,
    rules: ReturnType<typeof databaseAlerts>,
  ) => {
    const policies = policiesOf(cluster, observed);
    const isOurs = (policy: Policy) => isOwnPolicy(config, policy);
    return [
      {
        resource: `the alerts of ${name}`,
        expected: isMuted(config)
          ? []
          : inOrder(rules.map(({ type, value, window }) => `${type} above ${value} for ${window}`)),
        found: inOrder(policies.filter(isOurs).map(policyText)),
      },
      ...policies
        .filter((policy) => !isOurs(policy))
        .map((policy) => ({
          resource: `an alert of ${name} that nobody configured`,
          expected: "none",
          found: `${policy.description}: ${policyText(policy)}`,
          fix: `\`doctl monitoring alert delete ${policy.uuid}\``,
        })),
    ];
  };
  return [
    ...compared("PostgreSQL", observed.postgres, databaseAlerts(alerting.database, database.size)),
    ...compared("Valkey", observed.valkey, databaseAlerts(alerting.cache, cache.size)),
  ];
}

type Policy = ObservedData["policies"][number];

function policiesOf(observed: ObservedCluster | undefined, { policies }: ObservedData): Policy[] {
  const id = observed?.cluster.id;
  return policies.filter(({ entities }) => id !== undefined && entities?.includes(id));
}

function policyText({ type, compare, value, window, enabled }: Policy): string {
  return [
    type.replace("v1/dbaas/alerts/", ""),
    compare === "GreaterThan" ? "above" : compare,
    `${value} for ${window}`,
    ...(enabled ? [] : ["(disabled)"]),
  ].join(" ");
}

interface UptimeAlertText {
  readonly type: string;
  readonly threshold?: number | null | undefined;
  readonly comparison?: string | null | undefined;
  readonly period?: string | null | undefined;
}

function alertText({ type, threshold, comparison, period }: UptimeAlertText): string {
  const limit = threshold ? ` ${comparison ?? ""} ${threshold}` : "";
  return `${type}${limit} for ${period ?? "no time"}`;
}

function isMuted({ alerting }: EnvironmentConfig): boolean {
  return alerting.recipients.length === 0;
}
