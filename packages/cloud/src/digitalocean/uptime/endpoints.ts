import { randomUUID } from "node:crypto";

import { created, endpoint, noContent, ok } from "../api/endpoint.ts";
import { pageQuery, paginate } from "../api/pagination.ts";
import { addCheck, checkedAlert, describeCheck, findAlert, findCheck, stateOf } from "./check.ts";
import { checkSchema, checkUpdateSchema, uptimeAlertSchema } from "./model.ts";

const alertEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/uptime/checks/:check/alerts",
    scope: "uptime:read",
    query: pageQuery,
    handle: ({ store, params, query, url }) =>
      ok(paginate("alerts", findCheck(store, params.check).alerts, { query, url })),
  }),
  endpoint({
    method: "POST",
    path: "/v2/uptime/checks/:check/alerts",
    scope: "uptime:create",
    body: uptimeAlertSchema,
    handle: ({ store, params, body }) => {
      const { alerts } = findCheck(store, params.check);
      const alert = { id: randomUUID(), ...checkedAlert(store, body) };
      alerts.push(alert);
      return created({ alert });
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/uptime/checks/:check/alerts/:id",
    scope: "uptime:read",
    handle: ({ store, params }) =>
      ok({ alert: findAlert(findCheck(store, params.check), params.id) }),
  }),
  endpoint({
    method: "PUT",
    path: "/v2/uptime/checks/:check/alerts/:id",
    scope: "uptime:update",
    body: uptimeAlertSchema,
    handle: ({ store, params, body }) => {
      const alert = findAlert(findCheck(store, params.check), params.id);
      return ok({ alert: Object.assign(alert, checkedAlert(store, body)) });
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/uptime/checks/:check/alerts/:id",
    scope: "uptime:delete",
    handle: ({ store, params }) => {
      const check = findCheck(store, params.check);
      check.alerts.splice(check.alerts.indexOf(findAlert(check, params.id)), 1);
      return noContent();
    },
  }),
];

/** `/v2/uptime`. Source: DigitalOcean API description, `uptime/`. */
export const uptimeEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/uptime/checks",
    scope: "uptime:read",
    query: pageQuery,
    handle: ({ store, query, url }) =>
      ok(paginate("checks", store.uptimeChecks.map(describeCheck), { query, url })),
  }),
  endpoint({
    method: "POST",
    path: "/v2/uptime/checks",
    scope: "uptime:create",
    body: checkSchema,
    handle: ({ store, body, at }) => created({ check: describeCheck(addCheck(store, body, at)) }),
  }),
  endpoint({
    method: "GET",
    path: "/v2/uptime/checks/:check",
    scope: "uptime:read",
    handle: ({ store, params }) => ok({ check: describeCheck(findCheck(store, params.check)) }),
  }),
  endpoint({
    method: "PUT",
    path: "/v2/uptime/checks/:check",
    scope: "uptime:update",
    body: checkUpdateSchema,
    handle: ({ store, params, body }) =>
      ok({ check: describeCheck(Object.assign(findCheck(store, params.check), body)) }),
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/uptime/checks/:check",
    scope: "uptime:delete",
    handle: ({ store, params }) => {
      const check = findCheck(store, params.check);
      store.uptimeChecks.splice(store.uptimeChecks.indexOf(check), 1);
      return noContent();
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/uptime/checks/:check/state",
    scope: "uptime:read",
    handle: ({ store, params, at }) => {
      const state = stateOf(store, findCheck(store, params.check), at);
      return ok({ state });
    },
  }),
  ...alertEndpoints,
];
