import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";

import type { appAlert } from "@mam-infra/clients/digitalocean/apps";
import type { Tell } from "../context/progress.ts";
import type { Session } from "../context/session.ts";

/** An alert of the app. */
export type AppAlert = z.output<typeof appAlert>;

/**
 * The app's alerts that go to somebody else than `alerting.recipients`. A new alert goes to the owner of the account:
 * the provider sends recipients only for alerts whose recipients it is not told to ignore, and none at all when a
 * deployment fails (provider 2.99.1, app/resource_app.go). No plan shows it, because the API never gives recipients back
 * with the spec. None in an environment without recipients, which has no alerts.
 */
export async function misdirectedAlerts(
  { clients, environment }: Session,
  app_id: string,
): Promise<readonly AppAlert[]> {
  const wanted = environment.config.alerting.recipients.toSorted();
  if (wanted.length === 0) return [];
  const { alerts } = await clients.digitalOcean().call("listAppAlerts", { app_id });
  return (alerts ?? []).filter(
    ({ emails, slack_webhooks }) =>
      !isDeepStrictEqual((emails ?? []).toSorted(), wanted) || (slack_webhooks ?? []).length > 0,
  );
}

/** An alert as a person knows it: `CPU_UTILIZATION of api`. */
export function alertName({ component_name, spec }: Pick<AppAlert, "component_name" | "spec">) {
  return `${spec.rule} of ${component_name ?? "the app"}`;
}

/** Tells the app's alerts where to go: those that a deployment added, and those that somebody changed. */
export async function setAlertRecipients(
  session: Session,
  app_id: string,
  tell: Tell,
): Promise<void> {
  const api = session.clients.digitalOcean();
  const emails = [...session.environment.config.alerting.recipients];
  const body = { emails, slack_webhooks: [] };
  for (const alert of await misdirectedAlerts(session, app_id)) {
    await api.call("updateAppAlertDestinations", { app_id, alert_id: alert.id }, { body });
    tell(`${alertName(alert)} goes to ${emails.toSorted().join(", ")} now`);
  }
}
