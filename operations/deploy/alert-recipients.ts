import { isDeepStrictEqual } from "node:util";

import type { Tell } from "../command/progress.ts";
import type { Session } from "../command/session.ts";

/**
 * Tells the app's alerts where to go, when no single one of them goes there. The provider does it at the end of a
 * deployment, and not at all when that fails (provider 2.99.1, app/resource_app.go); no later plan shows it, because the
 * API never gives recipients back with the spec. As soon as one alert goes to the right people, the others are what
 * somebody made of them, and verify says so.
 */
export async function setAlertRecipients(
  { connections, environment }: Session,
  app_id: string,
  tell: Tell,
): Promise<void> {
  const emails = environment.config.alerting.recipients;
  const api = connections.digitalOcean();
  const alerts = (await api.call("listAppAlerts", { app_id })).alerts ?? [];
  const wanted = emails.toSorted();
  const right = alerts.some((alert) => isDeepStrictEqual((alert.emails ?? []).toSorted(), wanted));
  if (right || emails.length === 0) return;
  const body = { emails: [...emails], slack_webhooks: [] };
  for (const { id: alert_id } of alerts) {
    await api.call("updateAppAlertDestinations", { app_id, alert_id }, { body });
  }
  tell(`${alerts.length} alerts go to ${wanted.join(", ")} now`);
}
