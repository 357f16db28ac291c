import type { Rule } from "./rule.ts";
import type { EnvironmentConfig } from "../schema/environment.ts";
import { canonicallyWritten } from "./host-names.ts";

type LogKind = EnvironmentConfig["logs"]["destination"]["kind"];

const endpointOf: Partial<Record<LogKind, { pattern: RegExp; example: string }>> = {
  papertrail: { pattern: /^[^/:\s]+:\d+$/, example: "logs7.papertrailapp.com:12345" },
  datadog: { pattern: /^https:\/\/\S+$/, example: "https://http-intake.logs.datadoghq.eu" },
  opensearch: { pattern: /^https:\/\/[^@\s]+$/, example: "https://logs.northlight.example:9200" },
};

const hasEndpoint = ({ logs: { destination } }: EnvironmentConfig) => {
  const wanted = endpointOf[destination.kind];
  return wanted
    ? wanted.pattern.test(destination.endpoint ?? "")
    : destination.endpoint === undefined;
};

const opensearchField = (field: "index" | "user"): Rule => ({
  path: `logs.destination.${field}`,
  fails: ({ logs: { destination } }) =>
    (destination.kind === "opensearch") !== (destination[field] !== undefined),
  expected: ({ logs: { destination } }) =>
    destination.kind === "opensearch"
      ? `the ${field}, which OpenSearch needs`
      : `nothing: ${destination.kind} has no ${field}`,
  fix: ({ logs: { destination } }) =>
    destination.kind === "opensearch"
      ? `set logs.destination.${field}: "mam-logs"`
      : `remove logs.destination.${field}`,
});

/** What is switched off says why, and what is not has no reason. */
function switchRules(
  group: "insights" | "objectives",
  isOn: string,
  noReason: string,
): readonly Rule[] {
  const path = `monitoring.${group}`;
  return [
    {
      path: `${path}.enabled`,
      fails: ({ monitoring: { [group]: one } }) => !one.enabled && one.disabledReason === undefined,
      expected: isOn,
      fix: `remove ${path}.enabled, or write ${path}.disabledReason`,
    },
    {
      path: `${path}.disabledReason`,
      fails: ({ monitoring: { [group]: one } }) => one.enabled && one.disabledReason !== undefined,
      expected: noReason,
      fix: `remove ${path}.disabledReason, or set ${path}.enabled: false`,
    },
  ];
}

/** Rules about logs and alerts: that they arrive somewhere, or that somebody decided otherwise in writing. */
export const observabilityRules: readonly Rule[] = [
  {
    path: "logs.destination.endpoint",
    fails: (environment) => !hasEndpoint(environment),
    expected: ({ logs: { destination } }) => {
      const wanted = endpointOf[destination.kind];
      return wanted
        ? `an address of the form ${wanted.example}, without credentials`
        : `nothing: ${destination.kind} has no endpoint`;
    },
    fix: ({ logs: { destination } }) => {
      const wanted = endpointOf[destination.kind];
      return wanted
        ? `set logs.destination.endpoint: "${wanted.example}"`
        : "remove logs.destination.endpoint";
    },
  },
  opensearchField("index"),
  opensearchField("user"),
  canonicallyWritten("logs.databaseSink.server"),
  {
    path: "logs.destination.kind",
    fails: ({ logs: { destination } }) =>
      destination.kind === "none" && destination.noneReason === undefined,
    expected: "a log service: App Platform itself keeps logs only for a short time",
    fix: 'set logs.destination: { kind: "better-stack" }, or write logs.destination.noneReason',
  },
  {
    path: "alerting.recipients",
    fails: ({ alerting }) => alerting.recipients.length === 0 && alerting.mutedReason === undefined,
    expected: "at least one recipient",
    fix: 'set alerting.recipients: ["<address of a team member>"], or write alerting.mutedReason',
  },
  {
    path: "alerting.mutedReason",
    fails: ({ alerting }) => alerting.recipients.length > 0 && alerting.mutedReason !== undefined,
    expected: "no recipients, or no reason to mute: both together contradict each other",
    fix: "remove alerting.mutedReason, or empty alerting.recipients",
  },
  ...(["database", "cache"] as const).map((cluster): Rule => ({
    path: `alerting.${cluster}.diskCriticalPercent`,
    fails: ({ alerting }) => alerting[cluster].diskCriticalPercent <= alerting[cluster].diskPercent,
    expected: ({ alerting }) =>
      `more than alerting.${cluster}.diskPercent, ${alerting[cluster].diskPercent}: it is the second alert about a disk that fills`,
    fix: `raise alerting.${cluster}.diskCriticalPercent, or lower alerting.${cluster}.diskPercent`,
  })),
  ...switchRules(
    "insights",
    "true: without the dashboard nobody sees what an alert is about",
    "no reason, while Insights is used: both together contradict each other",
  ),
  ...switchRules(
    "objectives",
    "true: without service levels nobody is told that requests fail",
    "no reason, while objectives are judged: both together contradict each other",
  ),
];
