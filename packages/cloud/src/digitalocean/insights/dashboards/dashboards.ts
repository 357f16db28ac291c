import { randomUUID } from "node:crypto";

import { dashboardError } from "../errors.ts";
import type { Dashboard, InsightsState } from "../model.ts";
import { type ReadDocument, readDocument } from "./document.ts";

/** A dashboard as it is answered. */
export const describeDashboard = ({ description, ...rest }: Dashboard) => ({
  ...rest,
  ...(description === undefined ? {} : { description }),
});

/** @throws an error of dashboards, 404. */
export function findDashboard({ dashboards }: InsightsState, uuid: string): Dashboard {
  const found = dashboards.find((one) => one.uuid === uuid);
  if (!found) throw dashboardError("not-found", "dashboard not found");
  return found;
}

/** @throws an error of dashboards: 400 for a document that is none, 409 for a name that is taken, 429 for too many charts. */
function accepted(state: InsightsState, spec: string, self?: Dashboard): ReadDocument {
  const document = readDocument(spec);
  if (state.dashboards.some((one) => one !== self && one.name === document.name)) {
    throw dashboardError("exists", `a dashboard named "${document.name}" already exists`);
  }
  const { chartLimit } = state.knobs;
  if (document.charts > chartLimit) {
    throw dashboardError("exhausted", `a dashboard can have at most ${chartLimit} charts`);
  }
  return document;
}

/** Adds a dashboard. @throws as {@link accepted}, and 429 when the team has as many as it may. */
export function addDashboard(state: InsightsState, spec: string, at: Date): Dashboard {
  const { name, description } = accepted(state, spec);
  const { dashboardLimit } = state.knobs;
  if (state.dashboards.length >= dashboardLimit) {
    throw dashboardError("exhausted", `a team can have at most ${dashboardLimit} dashboards`);
  }
  const time = at.toISOString();
  const uuid = randomUUID();
  const dashboard = { uuid, name, description, spec, created_at: time, updated_at: time };
  state.dashboards.push(dashboard);
  return dashboard;
}

/** Replaces the whole document of a dashboard; name and description follow it. */
export function replaceDashboard(
  state: InsightsState,
  uuid: string,
  spec: string,
  at: Date,
): Dashboard {
  const dashboard = findDashboard(state, uuid);
  const { name, description } = accepted(state, spec, dashboard);
  return Object.assign(dashboard, { name, description, spec, updated_at: at.toISOString() });
}
