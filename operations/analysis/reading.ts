import { insightsWord } from "@mam-infra/clients/digitalocean/insights";

import { namePrefix } from "../../monitoring/mark.ts";
import { reasonOf } from "../context/reason.ts";
import type { Session } from "../context/session.ts";
import { InsightsUnavailable } from "../dashboard/availability.ts";
import { type FiringInstance, firingInstances } from "../dashboard/firing.ts";
import { runningApp } from "../platform/running-app.ts";
import {
  type ObjectiveStatus,
  type ServiceLevelStatus,
  serviceLevelStatuses,
} from "../platform/service-levels.ts";
import { missedSentence } from "../status/service-levels.ts";
import type { Reading, Signal } from "./signal.ts";

/** Objectives that no release turns red: a dump is as old as it is, whatever images run. */
const notOfARelease: readonly string[] = ["backup-age"];

/** Who says what Insights says. */
const insights = "Insights";

/**
 * Looks once at everything that is watched after a release. It never fails: what gives no answer is part of the result.
 */
export async function readSignals(session: Session): Promise<Reading> {
  const [levels, rules, deployment] = await Promise.all([
    readLevels(session),
    readRules(session),
    runningApp(session).then(
      (app) => app?.active_deployment?.id,
      // Who runs meanwhile is asked besides; what the services say does not depend on it.
      () => undefined,
    ),
  ]);
  return {
    signals: [...levels.signals, ...rules.signals],
    unread: { ...levels.unread, ...rules.unread },
    unasked: rules.unasked,
    deployment,
  };
}

async function readLevels({ clients, environment }: Session) {
  const levels = await serviceLevelStatuses(clients.internet(), environment.config, false);
  const silent = levels
    .filter(({ objectives }) => !objectives)
    .map(({ service, status, reason }) => [service, whyUnread(status, reason)] as const);
  return { signals: levels.flatMap(signalsOf), unread: Object.fromEntries(silent) };
}

function whyUnread(status: number | undefined, reason = "no answer"): string {
  return status === undefined ? reason : `answers ${status}, and not with its service levels`;
}

function signalsOf({ service, objectives = [] }: ServiceLevelStatus): Signal[] {
  return objectives
    .filter(({ name, off }) => off === undefined && !notOfARelease.includes(name))
    .map((objective) => signalOf(service, objective));
}

function signalOf(service: string, objective: ObjectiveStatus): Signal {
  const { name, value, threshold, unit, met } = objective;
  const said = missedSentence(service, objective);
  return {
    name: `${service} ${name}`,
    source: service,
    red: !met,
    observed: value,
    threshold,
    unit,
    said,
  };
}

async function readRules(
  session: Session,
): Promise<Pick<Reading, "signals" | "unread" | "unasked">> {
  const { monitoring, name } = session.environment.config;
  const { enabled, disabledReason = "" } = monitoring.insights;
  if (!enabled) {
    return { signals: [], unread: {}, unasked: [`${insights} is switched off: ${disabledReason}`] };
  }
  try {
    const firing = await firingInstances(session);
    return { signals: firing.map((one) => ruleSignal(one, name)), unread: {}, unasked: [] };
  } catch (error) {
    if (error instanceof InsightsUnavailable) {
      return { signals: [], unread: {}, unasked: [`${insights}: ${error.message}`] };
    }
    return { signals: [], unread: { [insights]: reasonOf(error) }, unasked: [] };
  }
}

/** A rule that only warns says so, and is not red: nothing is taken back for a warning. */
function ruleSignal({ instance, rule }: FiringInstance, environment: string): Signal {
  const prefix = namePrefix(environment);
  const named = rule?.spec.name ?? `a rule of the control panel (${instance.rule_id})`;
  const name = named.startsWith(prefix) ? named.slice(prefix.length) : named;
  const red = insightsWord(instance.severity) === "critical";
  const value = instance.value ?? null;
  return {
    name: `${insights} ${name}`,
    source: insights,
    red,
    observed: value,
    threshold: null,
    unit: "",
    said: `${insights} alerts: ${name}${value === null ? "" : `, at ${value}`}`,
  };
}
