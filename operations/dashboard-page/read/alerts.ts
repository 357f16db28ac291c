import { insightsWord } from "@mam-infra/clients/digitalocean/insights";

import type { AlertAnswer } from "../../../monitoring/alerts/alert.ts";
import { alertAnswers } from "../../../monitoring/alerts/answers.ts";
import { namePrefix } from "../../../monitoring/mark.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { resourceName } from "../../../constructs/naming.ts";
import type { Session } from "../../context/session.ts";
import { InsightsUnavailable } from "../../dashboard/availability.ts";
import { type FiringInstance, firingInstances } from "../../dashboard/firing.ts";
import type { UptimeStatus } from "../../status/uptime.ts";
import type { AlertsView, FiringAlert } from "../board.ts";

/** Where an alert of Insights fires. */
export const insightsSource = "alert rule on Insights";

/**
 * What fires, and what cannot be seen.
 *
 * @param checks the checks from outside, as they are.
 * @throws DigitalOceanError when Insights gives no answer; an account without it has no rules that could fire.
 */
export async function alertsOf(
  session: Session,
  checks: readonly UptimeStatus[],
): Promise<AlertsView> {
  const { config } = session.environment;
  const down = firingChecks(session, checks);
  try {
    const firing = [...(await firingRules(session)), ...down];
    return { firing, unseen: unseenAlerts(config) };
  } catch (error) {
    if (!(error instanceof InsightsUnavailable)) throw error;
    return { firing: down, unseen: [error.message, ...unseenAlerts(config)] };
  }
}

/** The rules on Insights that fire for an environment, as the page shows them. */
async function firingRules(session: Session): Promise<FiringAlert[]> {
  const { name } = session.environment.config;
  const firing = await firingInstances(session);
  return firing.map(({ instance, rule }) => ofInstance(instance, rule, name));
}

function ofInstance(
  instance: FiringInstance["instance"],
  rule: FiringInstance["rule"],
  environment: string,
): FiringAlert {
  const name = rule?.spec.name ?? `a rule of the control panel (${instance.rule_id})`;
  const key = name.startsWith(namePrefix(environment))
    ? name.slice(namePrefix(environment).length)
    : name;
  const { value } = instance;
  return {
    title: key,
    severity: insightsWord(instance.severity) === "critical" ? "critical" : "warning",
    source: insightsSource,
    since: instance.triggered_at,
    ...(value === null || value === undefined ? {} : { value }),
    ...answered("insights", key, environment),
  };
}

/**
 * The alerts of checks from outside, as far as the API tells: it says where a check is down, and not whether its alert has
 * been sent.
 */
function firingChecks(session: Session, checks: readonly UptimeStatus[]): FiringAlert[] {
  const { config } = session.environment;
  return checks
    .filter(({ down, enabled, maintained }) => down.length > 0 && enabled && maintained !== true)
    .map(({ name, up, down }) => {
      const check = name.slice(`${resourceName(config)}-`.length);
      const isEverywhere = up.length === 0;
      const type = isEverywhere || check.startsWith("service-levels-") ? "down_global" : "down";
      const { title = `${name} is down`, ...answer } = answered(
        "uptime",
        `${check} ${type}`,
        config.name,
      );
      const severity = isEverywhere ? "critical" : "warning";
      const source = `check from outside, down from ${down.join(", ")}`;
      return { title, severity, source, ...answer };
    });
}

/** What the API does not tell. */
function unseenAlerts({ monitoring, alerting }: EnvironmentConfig): readonly string[] {
  const { enabled, disabledReason = "" } = monitoring.insights;
  return [
    ...(enabled
      ? []
      : [`Insights is switched off, and with it its alert rules: ${disabledReason}`]),
    ...(alerting.recipients.length > 0 ? [] : ["This environment is muted: nobody is told."]),
    "The API does not tell which alerts of the app and the databases fire: they come by mail. A chart whose last value is over the line of its alert says so.",
  ];
}

/** What the table of alerts says about one. */
function answered(
  source: AlertAnswer["source"],
  key: string,
  environment: string,
): Pick<FiringAlert, "looks" | "meaning"> & { readonly title?: string } {
  const answer = alertAnswers.find((one) => one.source === source && one.key === key);
  if (!answer) return { looks: [] };
  const { title, meaning, looks } = answer;
  return {
    title,
    meaning,
    looks: looks.map(({ command }) => command.replaceAll("<environment>", environment)),
  };
}
