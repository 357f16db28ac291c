import {
  type InsightsItem,
  answeredName,
  insightsWord,
} from "@mam-infra/clients/digitalocean/insights";

import { namePrefix } from "../../monitoring/mark.ts";
import type { InsightsRule } from "../../monitoring/rules.ts";
import type { PlannedChange } from "./change.ts";
import { fieldDifferences } from "./difference.ts";

type Rule = InsightsItem<"listInsightsAlertRules">;

/** Stands for the id of a channel that has none yet. */
const channelToBeMade = "(to be made)";

/** How often an alert that goes on is told again: the platform's default, written down so that a change is seen. */
const toldAgain = "RE_ALERT_DURATION_4H";

/** The rules that carry the environment's mark. */
export function ownRules(environment: string, standing: readonly Rule[]): Rule[] {
  return standing.filter(({ spec }) => spec.name.startsWith(namePrefix(environment)));
}

/** What has to be done so that the environment's rules stand as they are described, and no other ones. */
export function planRules(
  wanted: readonly InsightsRule[],
  own: readonly Rule[],
  channelId: string | undefined,
): readonly PlannedChange[] {
  const standing = wanted.map(({ name }) => own.find(({ spec }) => spec.name === name));
  return [
    ...wanted.flatMap((rule, index) => planRule(rule, standing[index], channelId)),
    ...withoutRules(own.filter((rule) => !standing.includes(rule))),
  ];
}

/** What takes away rules. */
export function withoutRules(rules: readonly Rule[]): readonly PlannedChange[] {
  return rules.map(({ id, spec }) => ({
    what: "alert rule",
    name: spec.name,
    action: "delete",
    differences: [],
    send: (api) => api.call("deleteInsightsAlertRule", { alert_rule_id: id }),
  }));
}

function planRule(
  rule: InsightsRule,
  standing: Rule | undefined,
  channelId: string | undefined,
): readonly PlannedChange[] {
  const change = { what: "alert rule", name: rule.name } as const;
  if (!standing) {
    const send: PlannedChange["send"] = (api, sent) =>
      api.call("createInsightsAlertRule", {}, { body: sentRule(rule, sent.channelId) });
    return [{ ...change, action: "create", differences: [], send }];
  }
  const differences = fieldDifferences(comparable(sentRule(rule, channelId)), comparable(standing));
  const send: PlannedChange["send"] = (api, sent) =>
    api.call(
      "updateInsightsAlertRule",
      { alert_rule_id: standing.id },
      { body: sentRule(rule, sent.channelId) },
    );
  return differences.length > 0 ? [{ ...change, action: "update", differences, send }] : [];
}

function sentRule(rule: InsightsRule, channelId = channelToBeMade) {
  const limit = rule.severity === "WARNING" ? { warning: rule.value } : { critical: rule.value };
  return {
    spec: {
      name: rule.name,
      query: {
        metric: rule.metric,
        filters: Object.entries(rule.filters).map(([field, value]) => ({
          field,
          operator: "FILTER_OPERATOR_EQUAL",
          value,
        })),
        resource_urns: [rule.urn],
      },
      condition: { window: `EVALUATION_WINDOW_${rule.window}` },
      thresholds: { operator: `THRESHOLD_OPERATOR_${rule.operator}`, ...limit },
      // Without severities the channel is told of every one.
      notification_channels: [{ notification_channel_id: channelId, notify_on: [] }],
      re_alert_duration: toldAgain,
    },
    status: `ALERT_RULE_STATUS_${rule.isPaused ? "PAUSED" : "ACTIVE"}`,
  };
}

/** A rule as far as it is ours to decide, in one spelling. */
function comparable({ spec, status }: Pick<Rule, "spec" | "status">) {
  const { query, condition, thresholds } = spec;
  return {
    metric: answeredName(query.metric),
    filters: (query.filters ?? [])
      .map(({ field, operator, value }) => `${field} ${insightsWord(operator)} ${value}`)
      .toSorted(),
    resources: (query.resource_urns ?? []).map((urn) => urn.toLowerCase()).toSorted(),
    tags: query.tags ?? [],
    window: insightsWord(condition?.window ?? ""),
    operator: insightsWord(thresholds.operator),
    warning: thresholds.warning ?? "none",
    critical: thresholds.critical ?? "none",
    channels: toldChannels(spec),
    "told again": insightsWord(spec.re_alert_duration ?? ""),
    status: insightsWord(status ?? ""),
  };
}

/** The channels that a rule tells, each with the severities that it is told of. */
function toldChannels({ notification_channels: bindings }: Rule["spec"]): string[] {
  return (bindings ?? [])
    .map(({ notification_channel_id: id, notify_on: on }) =>
      [id, ...(on ?? []).map(insightsWord).toSorted()].join(" "),
    )
    .toSorted();
}
