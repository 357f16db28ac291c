import { z } from "zod";

import { endpoint, ok } from "../../api/endpoint.ts";
import { notFound } from "../../api/errors.ts";
import { pageQuery } from "../../api/pagination.ts";
import type { InsightsKnobs } from "../knobs.ts";
import { listed } from "../lists.ts";
import type { AlertInstance } from "../model.ts";
import { judgeRules } from "./judge.ts";

const path = "/v2/insights/alert-instances";

const time = (milliseconds: number) => new Date(milliseconds).toISOString();

const statusOf = ({ resolved_at: resolved }: AlertInstance) =>
  resolved === undefined ? "active" : "resolved";

/** An instance as it is answered, in either of the spellings that were seen. */
function describeInstance(instance: AlertInstance, { spelling }: InsightsKnobs) {
  const { severity, resolved_at: resolved, ...rest } = instance;
  const isUpper = spelling === "upper";
  const status = statusOf(instance);
  return {
    ...rest,
    severity: isUpper ? `SEVERITY_${severity.toUpperCase()}` : severity,
    status: isUpper ? `ALERT_INSTANCE_STATUS_${status.toUpperCase()}` : status,
    ...(isUpper ? { muted: false } : {}),
    triggered_at: time(rest.triggered_at),
    last_triggered_at: time(rest.last_triggered_at),
    last_notified_at: time(rest.last_notified_at),
    ...(resolved === undefined ? {} : { resolved_at: time(resolved) }),
  };
}

/** `/v2/insights/alert-instances`. Source: godo 1.239.0, pydo 0.44.0. */
export const instanceEndpoints = [
  endpoint({
    method: "GET",
    path,
    scope: "insights:read",
    query: z.strictObject({
      ...pageQuery.shape,
      status: z.enum(["active", "resolved"]).exactOptional(),
      rule_id: z.string().exactOptional(),
      resource_urn: z.string().exactOptional(),
    }),
    refusal: 400,
    handle: ({ platform, query: asked, url, at }) => {
      judgeRules(platform, at);
      const { insights } = platform.store;
      const { status, rule_id: rule, resource_urn: urn, ...query } = asked;
      const found = insights.instances
        .filter(
          (one) =>
            (status === undefined || statusOf(one) === status) &&
            (rule === undefined || one.rule_id === rule) &&
            (urn === undefined || one.resource_urn === urn),
        )
        .toReversed()
        .map((one) => describeInstance(one, insights.knobs));
      return ok(listed("alert_instances", found, { query, url }, insights.knobs));
    },
  }),
  endpoint({
    method: "GET",
    path: `${path}/:id`,
    scope: "insights:read",
    handle: ({ platform, params: { id }, at }) => {
      judgeRules(platform, at);
      const { insights } = platform.store;
      const instance = insights.instances.find((one) => one.id === id);
      if (!instance) throw notFound("alert instance not found");
      return ok({ alert_instance: describeInstance(instance, insights.knobs) });
    },
  }),
];
