import { databaseAlerts } from "../../constructs/monitoring/alert-rules.ts";
import { type WantedCheck, wantedChecks } from "../../constructs/monitoring/uptime-checks.ts";
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
  const wanted = checksByName(config);
  const regions = inOrder(config.alerting.uptimeRegions).join(" ");
  const isSwitchedOff = config.services.maintenancePage.enabled;
  const strangers = checks.filter(({ check }) => !wanted.has(check.name));
  const again = secondOnes(checks, nameOfCheck);
  return [
    ...[...wanted].map(([name, { target }]) => {
      const found = checks.find(({ check }) => check.name === name)?.check;
      return {
        resource: `the uptime check ${name}`,
        expected: `https ${target} from ${regions}${isSwitchedOff ? switchedOff : ""}`,
        found:
          found &&
          `${found.type} ${found.target} from ${inOrder(found.regions ?? []).join(" ")}${found.enabled ? "" : switchedOff}`,
      };
    }),
    ...again
      .filter((one) => !strangers.includes(one))
      .map(({ check }) => ({
        resource: `the uptime check ${check.name}, which stands twice,`,
        expected: "none",
        found: `${check.type} ${check.target}`,
        fix: oneOfTwo(config),
      })),
    ...strangers.map(({ check }) => ({
      resource: "an uptime check that nobody configured",
      expected: "none",
      found: check.name,
      fix: `\`doctl monitoring uptime delete ${check.id}\``,
    })),
  ];
}

const nameOfCheck = ({ check }: ObservedState["checks"][number]) => check.name;

/** What is said of a check that is off, as all are while the maintenance page is shown. */
const switchedOff = ", switched off";

/** Every check that there should be, by its name on the platform. */
function checksByName(config: EnvironmentConfig): ReadonlyMap<string, WantedCheck> {
  return new Map(
    wantedChecks(config).map((wanted) => [resourceName(config, wanted.noun), wanted] as const),
  );
}

/** The alerts of each check from outside. */
export function uptimeAlertComparisons(
  config: EnvironmentConfig,
  { checks }: ObservedState,
): Comparison[] {
  const wanted = checksByName(config);
  const twice = secondOnes(checks, nameOfCheck).map(nameOfCheck);
  // A check that nobody configured, and one that stands twice, is said once, as a whole.
  return checks.flatMap(({ check, alerts }) => {
    const rules = wanted.get(check.name)?.alerts;
    if (!rules || twice.includes(check.name)) return [];
    const expected = isMuted(config) ? [] : rules;
    return [
      {
        resource: `the alerts of ${check.name}`,
        expected: inOrder(expected.map(alertText)),
        found: inOrder(
          alerts
            .filter((alert) => isOwnAlert({ check }, alert))
            .map((alert) => foundAlertText(alert, expected)),
        ),
      },
      ...alerts
        .filter((alert) => !isOwnAlert({ check }, alert))
        .map((alert) => ({
          resource: `an alert of ${check.name} that nobody configured`,
          expected: "none",
          found: `${alert.name}: ${foundAlertText(alert, expected)}`,
          fix: `\`doctl monitoring uptime alert delete ${check.id} ${alert.id}\``,
        })),
    ];
  });
}

/** An alert that was found, without a threshold that the platform may fill in where none is needed. */
function foundAlertText(
  { threshold, comparison, ...alert }: UptimeAlertText,
  expected: readonly UptimeAlertText[],
): string {
  const isLimited = expected.some((one) => one.type === alert.type && one.threshold);
  return alertText(isLimited ? { ...alert, threshold, comparison } : alert);
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
    const own = policies.filter(isOurs);
    const again = secondOnes(own, ({ description, type }) => `${description} ${type}`);
    return [
      {
        resource: `the alerts of ${name}`,
        expected: isMuted(config)
          ? []
          : inOrder(rules.map(({ type, value, window }) => `${type} above ${value} for ${window}`)),
        found: inOrder(own.filter((policy) => !again.includes(policy)).map(policyText)),
      },
      ...again.map((policy) => ({
        resource: `an alert of ${name} that stands twice`,
        expected: "none",
        found: policyText(policy),
        fix: oneOfTwo(config),
      })),
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

/**
 * The second ones of what has the same name. A create whose answer got lost is tried again and made twice: a state knows one of
 * both, and no deployment takes the other away.
 */
function secondOnes<T>(list: readonly T[], nameOf: (one: T) => string): T[] {
  const names = list.map(nameOf);
  return list.filter((one, index) => names.indexOf(nameOf(one)) < index);
}

/** How that one of two goes which no state knows: here nobody can tell which it is. */
const oneOfTwo = ({ name }: EnvironmentConfig) =>
  `\`mam doctor ${name}\`, which has the line that deletes the one no state knows`;

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
