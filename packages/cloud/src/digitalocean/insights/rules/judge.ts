import { randomUUID } from "node:crypto";

import { secondsOf } from "../../../durations.ts";
import type { Platform } from "../../platform.ts";
import { allSeries } from "../metrics/all-series.ts";
import type { Series } from "../metrics/series.ts";
import type { AlertInstance, AlertRule, InsightsState, Severity } from "../model.ts";
import { tell } from "./deliveries.ts";
import { meansByResource, severityOf, watchedSeries } from "./measure-rule.ts";
import { reAlertSeconds, windowSeconds } from "./rule-schema.ts";

const minute = 60_000;

/** Minutes that are judged after a time in which nobody looked: what is older is forgotten. */
const mostMinutes = 24 * 60;

/** The window of a rule that names none; assumed. */
const defaultWindow = 300;

/** What a rule found out about a resource in a minute. */
interface Finding {
  readonly rule: AlertRule;
  readonly urn: string;
  readonly value: number;
  readonly severity: Severity;
  readonly at: number;
}

const isActive = ({ resolved_at: resolved }: AlertInstance) => resolved === undefined;

function raise(state: InsightsState, { rule, urn, value, severity, at }: Finding): void {
  const instance: AlertInstance = {
    id: randomUUID(),
    rule_id: rule.id,
    resource_urn: urn,
    severity,
    value,
    triggered_at: at,
    last_triggered_at: at,
    last_notified_at: at,
  };
  state.instances.push(instance);
  tell(state, rule, instance, { state: "Triggered", at });
}

function goOn(
  state: InsightsState,
  instance: AlertInstance,
  { rule, value, severity, at }: Finding,
) {
  const isWorse = severity === "critical" && instance.severity === "warning";
  Object.assign(instance, { value, severity, last_triggered_at: at });
  const pause = reAlertSeconds[rule.spec.re_alert_duration ?? ""] ?? Infinity;
  if (!isWorse && at - instance.last_notified_at < pause * 1000) return;
  instance.last_notified_at = at;
  tell(state, rule, instance, { state: "Triggered", at });
}

function endWhatIsOver(state: InsightsState, rule: AlertRule, at: number): void {
  const patience = secondsOf("insights-alert-recovery") * 1000;
  for (const instance of state.instances) {
    if (instance.rule_id !== rule.id || !isActive(instance)) continue;
    if (at - instance.last_triggered_at < patience) continue;
    instance.resolved_at = at;
    tell(state, rule, instance, { state: "Recovered", at });
  }
}

function judgeRule(
  state: InsightsState,
  rule: AlertRule,
  all: readonly Series[],
  at: number,
): void {
  const to = at - secondsOf("insights-metric") * 1000;
  const window = windowSeconds[rule.spec.condition?.window ?? ""] ?? defaultWindow;
  const means = meansByResource(watchedSeries(all, rule.spec), { from: to - window * 1000, to });
  for (const [urn, value] of means) {
    const severity = severityOf(rule.spec.thresholds, value);
    if (!severity) continue;
    const finding = { rule, urn, value, severity, at };
    const known = state.instances.find(
      (one) => one.rule_id === rule.id && one.resource_urn === urn && isActive(one),
    );
    if (known) goOn(state, known, finding);
    else raise(state, finding);
  }
  endWhatIsOver(state, rule, at);
}

/**
 * Judges all rules for every whole minute until now, in their order. An alert is over when its rule has not been met for a
 * while, also for lack of data.
 */
export function judgeRules(platform: Pick<Platform, "store" | "recorded">, now: Date): void {
  const state = platform.store.insights;
  const until = Math.floor(now.getTime() / minute) * minute;
  const from = Math.max(state.judgedUntil, until - mostMinutes * minute);
  if (until <= from) return;
  state.judgedUntil = until;
  const rules = state.rules.filter(({ status }) => status === "ALERT_RULE_STATUS_ACTIVE");
  if (rules.length === 0) return;
  const all = allSeries(platform);
  for (let at = (Math.floor(from / minute) + 1) * minute; at <= until; at += minute) {
    for (const rule of rules) {
      if (Date.parse(rule.created_at) < at) judgeRule(state, rule, all, at);
    }
  }
}
