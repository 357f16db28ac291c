import { randomUUID } from "node:crypto";

import type { z } from "zod";

import { mustBeMembers } from "../account/members.ts";
import { endpoint, noContent, ok } from "../api/endpoint.ts";
import { notFound, unprocessable } from "../api/errors.ts";
import { pageQuery, paginate } from "../api/pagination.ts";
import type { Store } from "../store.ts";
import { databaseAlerts, policySchema } from "./policy.ts";
import type { AlertPolicy } from "./policy.ts";
import { restartCountEndpoint } from "./restart-count.ts";

function checked(store: Store, policy: z.infer<typeof policySchema>) {
  const { alerts, entities, type } = policy;
  if (alerts.email.length + alerts.slack.length === 0) {
    throw unprocessable("an alert policy needs at least one destination");
  }
  mustBeMembers(store, alerts.email);
  const unknown = databaseAlerts.includes(type)
    ? entities.find((id) => !store.databases.some((database) => database.id === id))
    : undefined;
  if (unknown !== undefined) throw unprocessable(`entity ${unknown} does not exist`);
  return policy;
}

function findPolicy({ alertPolicies }: Store, uuid: string): AlertPolicy {
  const policy = alertPolicies.find((one) => one.uuid === uuid);
  if (!policy) throw notFound("alert policy not found");
  return policy;
}

/** `/v2/monitoring/alerts`. Source: DigitalOcean API description, `monitoring/`. */
export const monitoringEndpoints = [
  restartCountEndpoint,
  endpoint({
    method: "GET",
    path: "/v2/monitoring/alerts",
    scope: "monitoring:read",
    query: pageQuery,
    handle: ({ store, query, url }) =>
      ok(paginate("policies", store.alertPolicies, { query, url })),
  }),
  endpoint({
    method: "POST",
    path: "/v2/monitoring/alerts",
    scope: "monitoring:create",
    body: policySchema,
    handle: ({ store, body }) => {
      const policy = { uuid: randomUUID(), ...checked(store, body) };
      store.alertPolicies.push(policy);
      return ok({ policy });
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/monitoring/alerts/:uuid",
    scope: "monitoring:read",
    handle: ({ store, params }) => ok({ policy: findPolicy(store, params.uuid) }),
  }),
  endpoint({
    method: "PUT",
    path: "/v2/monitoring/alerts/:uuid",
    scope: "monitoring:update",
    body: policySchema,
    handle: ({ store, params, body }) =>
      ok({ policy: Object.assign(findPolicy(store, params.uuid), checked(store, body)) }),
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/monitoring/alerts/:uuid",
    scope: "monitoring:delete",
    handle: ({ store, params }) => {
      const policy = findPolicy(store, params.uuid);
      store.alertPolicies.splice(store.alertPolicies.indexOf(policy), 1);
      return noContent();
    },
  }),
];
