import { randomUUID } from "node:crypto";

import { mustBeMembers } from "../account/members.ts";
import { badRequest, notFound } from "../api/errors.ts";
import type { Store } from "../store.ts";
import type { AlertDestinations, App, AppAlert } from "./model.ts";
import { runningComponents } from "./spec/spec.ts";

/**
 * Brings an app's alerts in line with its specification. An alert keeps its id and its destinations for as long as its
 * component and rule stay; a new one goes to the owner of the account.
 */
export function syncAlerts({ account }: Store, app: App): void {
  const wanted = [
    ...(app.spec.alerts ?? []).map((spec) => ({ component_name: "", spec })),
    ...runningComponents(app.spec).flatMap(({ spec: { name, alerts = [] } }) =>
      alerts.map((spec) => ({ component_name: name, spec })),
    ),
  ];
  app.alerts = wanted.map(({ component_name, spec }) => {
    const known = app.alerts.find(
      (alert) => alert.component_name === component_name && alert.spec.rule === spec.rule,
    );
    return known
      ? { ...known, spec }
      : { id: randomUUID(), component_name, spec, emails: [account.email], slack_webhooks: [] };
  });
}

/**
 * Sets where an alert is sent.
 *
 * @throws ApiError 404 for an unknown alert, 400 for a mail address outside of the team.
 */
export function setDestinations(
  store: Store,
  app: App,
  alertId: string,
  destinations: AlertDestinations,
): AppAlert {
  const known = app.alerts.find(({ id }) => id === alertId);
  if (!known) throw notFound("alert not found");
  mustBeMembers(store, destinations.emails, badRequest);
  const alert = { ...known, ...destinations };
  app.alerts[app.alerts.indexOf(known)] = alert;
  return alert;
}

/** An alert as the API shows it. */
export function describeAlert({ component_name: component, ...alert }: AppAlert) {
  return {
    ...alert,
    ...(component === "" ? {} : { component_name: component }),
    phase: "ACTIVE",
    progress: { steps: [{ name: "alert-configure-insight-alert", status: "SUCCESS" }] },
  };
}
