import { z } from "zod";

import { created, endpoint, noContent, ok } from "../../api/endpoint.ts";
import { pageQuery } from "../../api/pagination.ts";
import { listed } from "../lists.ts";
import { ruleSchema, ruleUpdateSchema } from "./rule-schema.ts";
import { addRule, describeRule, findRule, removeRule, updateRule } from "./rules.ts";

const path = "/v2/insights/alert-rules";

/** `/v2/insights/alert-rules`. Source: godo 1.239.0 and DigitalOcean's API description. */
export const ruleEndpoints = [
  endpoint({
    method: "GET",
    path,
    scope: "insights:read",
    query: z.strictObject({ ...pageQuery.shape, resource_urn: z.string().exactOptional() }),
    refusal: 400,
    handle: ({ store: { insights }, query: { resource_urn: urn, ...query }, url }) => {
      const rules = insights.rules.filter(
        ({ isConsoleMade, spec }) =>
          // Seen by DO-Solutions/porthole (B-009): GET by id answers them, the list does not.
          !isConsoleMade && (urn === undefined || spec.query.resource_urns?.includes(urn)),
      );
      const page = { query, url };
      return ok(listed("alert_rules", rules.map(describeRule), page, insights.knobs));
    },
  }),
  endpoint({
    method: "POST",
    path,
    scope: "insights:create",
    body: ruleSchema,
    refusal: 400,
    handle: ({ store: { insights }, body, at }) =>
      created({ alert_rule: describeRule(addRule(insights, body, { at })) }),
  }),
  endpoint({
    method: "GET",
    path: `${path}/:id`,
    scope: "insights:read",
    handle: ({ store: { insights }, params: { id } }) =>
      ok({ alert_rule: describeRule(findRule(insights, id)) }),
  }),
  endpoint({
    method: "PUT",
    path: `${path}/:id`,
    scope: "insights:update",
    body: ruleUpdateSchema,
    refusal: 400,
    handle: ({ store: { insights }, params: { id }, body, at }) =>
      ok({ alert_rule: describeRule(updateRule(insights, id, body, at)) }),
  }),
  endpoint({
    method: "DELETE",
    path: `${path}/:id`,
    scope: "insights:delete",
    handle: ({ store: { insights }, params: { id }, at }) => {
      removeRule(insights, id, at);
      return noContent();
    },
  }),
];
