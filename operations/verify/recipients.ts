import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { type Comparison, inOrder } from "./comparison.ts";
import { isOwnAlert, isOwnPolicy } from "./own-alerts.ts";
import type { ObservedState } from "../platform/observed-state.ts";

interface Alert {
  readonly name: string;
  readonly emails: readonly string[];
  readonly webhooks: number;
}

/**
 * Who is told: every alert of the app, of the clusters and of the uptime checks beside `alerting.recipients`. The API
 * keeps the recipients of the app's alerts outside of its spec, so no plan of Terraform ever shows that they differ.
 */
export function recipientComparisons(
  config: EnvironmentConfig,
  observed: Pick<ObservedState, "appAlerts" | "policies" | "checks">,
): Comparison[] {
  const expected = inOrder(config.alerting.recipients).join(", ");
  const byRecipients = new Map<string, string[]>();
  for (const alert of alertsOf(config, observed)) {
    const found = [...inOrder(alert.emails), ...slack(alert)].join(", ");
    if (found === expected) continue;
    byRecipients.set(found, [...(byRecipients.get(found) ?? []), alert.name]);
  }
  return [...byRecipients].map(([found, names]) => ({
    resource: `recipients of ${names.join(", ")}`,
    expected,
    found: found === "" ? "nobody" : found,
  }));
}

function alertsOf(
  config: EnvironmentConfig,
  { appAlerts, policies, checks }: Pick<ObservedState, "appAlerts" | "policies" | "checks">,
): Alert[] {
  return [
    ...appAlerts.map(({ component_name, spec, emails, slack_webhooks }) => ({
      name: `${spec.rule} of ${component_name ?? "the app"}`,
      emails: emails ?? [],
      webhooks: slack_webhooks?.length ?? 0,
    })),
    ...policies
      .filter((policy) => isOwnPolicy(config, policy))
      .map(({ description, alerts }) => ({
        name: description,
        emails: alerts.email ?? [],
        webhooks: alerts.slack?.length ?? 0,
      })),
    ...checks.flatMap(({ check, alerts }) =>
      alerts
        .filter((alert) => isOwnAlert({ check }, alert))
        .map(({ name, notifications }) => ({
          name,
          emails: notifications.email ?? [],
          webhooks: notifications.slack?.length ?? 0,
        })),
    ),
  ];
}

/** A webhook's address is a credential. */
function slack({ webhooks }: Alert): string[] {
  return webhooks === 0 ? [] : [`${webhooks} Slack webhooks`];
}
