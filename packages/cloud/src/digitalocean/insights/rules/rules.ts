import { randomUUID } from "node:crypto";

import type { z } from "zod";

import { badRequest, notFound } from "../../api/errors.ts";
import type { AlertRule, InsightsState } from "../model.ts";
import type { RuleSpec, ruleSchema, ruleUpdateSchema } from "./rule-schema.ts";

/** The owner that rules were seen to carry beside what is described. */
const ownerId = 258_992;

/** A rule as it is answered. */
export const describeRule = ({ id, spec, status, created_at, updated_at }: AlertRule) => ({
  id,
  owner_id: ownerId,
  spec,
  status,
  created_at,
  updated_at,
});

/** @throws ApiError 404. */
export function findRule({ rules }: InsightsState, id: string): AlertRule {
  const rule = rules.find((one) => one.id === id);
  if (!rule) throw notFound("alert rule not found");
  return rule;
}

/** @throws ApiError 400 for a channel that does not exist. */
function checked({ channels }: InsightsState, spec: RuleSpec): RuleSpec {
  const unknown = spec.notification_channels.find(
    ({ notification_channel_id: told }) => !channels.some(({ id }) => id === told),
  );
  if (!unknown) return spec;
  throw badRequest(`notification channel ${unknown.notification_channel_id} does not exist`);
}

/** How a rule begins. */
export interface NewRule {
  readonly at: Date;
  readonly isConsoleMade?: boolean;
}

/** Adds a rule; its metric is not looked up. @throws ApiError 400 for a channel that does not exist. */
export function addRule(
  state: InsightsState,
  { spec, status = "ALERT_RULE_STATUS_ACTIVE" }: z.infer<typeof ruleSchema>,
  { at, isConsoleMade = false }: NewRule,
): AlertRule {
  const time = at.toISOString();
  const times = { created_at: time, updated_at: time };
  const whole = { re_alert_duration: "RE_ALERT_DURATION_4H", ...checked(state, spec) };
  const rule = { id: randomUUID(), spec: whole, status, isConsoleMade, ...times };
  state.rules.push(rule);
  return rule;
}

/** Changes a rule: the spec is whole, but channels, pauses and status stay where they are left out. */
export function updateRule(
  state: InsightsState,
  id: string,
  { spec, status }: z.infer<typeof ruleUpdateSchema>,
  at: Date,
): AlertRule {
  const rule = findRule(state, id);
  const { re_alert_duration: pause, notification_channels: channels } = rule.spec;
  const kept = {
    notification_channels: channels,
    ...(pause === undefined ? {} : { re_alert_duration: pause }),
  };
  const whole = checked(state, { ...kept, ...spec });
  return Object.assign(rule, {
    spec: whole,
    status: status ?? rule.status,
    updated_at: at.toISOString(),
  });
}

/** Removes a rule; what it had raised is over. */
export function removeRule(state: InsightsState, id: string, at: Date): void {
  state.rules.splice(state.rules.indexOf(findRule(state, id)), 1);
  for (const instance of state.instances) {
    if (instance.rule_id === id) instance.resolved_at ??= at.getTime();
  }
}
