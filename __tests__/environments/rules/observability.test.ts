import { observabilityRules } from "../../../environments/rules/observability.ts";
import { type BrokenRule, itFinds } from "../../support/rules.ts";

const rows: readonly BrokenRule[] = [
  {
    change: (draft) => (draft.logs.destination = { kind: "papertrail" }),
    path: "logs.destination.endpoint",
    value: "missing",
    expected: "an address of the form logs7.papertrailapp.com:12345, without credentials",
    fix: 'set logs.destination.endpoint: "logs7.papertrailapp.com:12345"',
  },
  {
    change: (draft) =>
      (draft.logs.destination = { kind: "better-stack", endpoint: "https://x.example" }),
    path: "logs.destination.endpoint",
    value: '"https://x.example"',
    expected: "nothing: better-stack has no endpoint",
    fix: "remove logs.destination.endpoint",
  },
  {
    change: (draft) =>
      (draft.logs.destination = {
        kind: "opensearch",
        endpoint: "https://logs.northlight.example:9200",
        user: "mam",
      }),
    path: "logs.destination.index",
    value: "missing",
    expected: "the index, which OpenSearch needs",
    fix: 'set logs.destination.index: "mam-logs"',
  },
  {
    change: (draft) => (draft.logs.destination = { kind: "better-stack", user: "mam" }),
    path: "logs.destination.user",
    value: '"mam"',
    expected: "nothing: better-stack has no user",
    fix: "remove logs.destination.user",
  },
  {
    change: (draft) => (draft.logs.destination = { kind: "none" }),
    path: "logs.destination.kind",
    value: '"none"',
    expected: "a log service: App Platform itself keeps logs only for a short time",
    fix: 'set logs.destination: { kind: "better-stack" }, or write logs.destination.noneReason',
  },
  {
    change: (draft) => (draft.alerting.recipients = []),
    path: "alerting.recipients",
    value: "[]",
    expected: "at least one recipient",
    fix: 'set alerting.recipients: ["<address of a team member>"], or write alerting.mutedReason',
  },
  {
    change: (draft) => (draft.alerting.mutedReason = "Accepted for the length of this test run."),
    path: "alerting.mutedReason",
    value: '"Accepted for the length of this test run."',
    expected: "no recipients, or no reason to mute: both together contradict each other",
    fix: "remove alerting.mutedReason, or empty alerting.recipients",
  },
  {
    change: (draft) =>
      (draft.logs.databaseSink = { server: "Logs7.example.", port: 6514, clusters: ["valkey"] }),
    path: "logs.databaseSink.server",
    value: '"Logs7.example."',
    expected:
      "lower case without a final dot: Terraform takes another spelling for another name, and replaces what has it",
    fix: 'set logs.databaseSink.server: "logs7.example"',
  },
  {
    change: (draft) => (draft.alerting.database = { diskPercent: 95 }),
    path: "alerting.database.diskCriticalPercent",
    value: "90",
    expected:
      "more than alerting.database.diskPercent, 95: it is the second alert about a disk that fills",
    fix: "raise alerting.database.diskCriticalPercent, or lower alerting.database.diskPercent",
  },
  {
    change: (draft) => (draft.alerting.cache = { diskCriticalPercent: 80 }),
    path: "alerting.cache.diskCriticalPercent",
    value: "80",
    expected:
      "more than alerting.cache.diskPercent, 80: it is the second alert about a disk that fills",
    fix: "raise alerting.cache.diskCriticalPercent, or lower alerting.cache.diskPercent",
  },
  {
    change: (draft) => (draft.monitoring = { insights: { enabled: false } }),
    path: "monitoring.insights.enabled",
    value: "false",
    expected: "true: without the dashboard nobody sees what an alert is about",
    fix: "remove monitoring.insights.enabled, or write monitoring.insights.disabledReason",
  },
  {
    change: (draft) =>
      (draft.monitoring = {
        insights: { disabledReason: "Accepted for the length of this test run." },
      }),
    path: "monitoring.insights.disabledReason",
    value: '"Accepted for the length of this test run."',
    expected: "no reason, while Insights is used: both together contradict each other",
    fix: "remove monitoring.insights.disabledReason, or set monitoring.insights.enabled: false",
  },
  {
    change: (draft) => (draft.monitoring = { objectives: { enabled: false } }),
    path: "monitoring.objectives.enabled",
    value: "false",
    expected: "true: without service levels nobody is told that requests fail",
    fix: "remove monitoring.objectives.enabled, or write monitoring.objectives.disabledReason",
  },
  {
    change: (draft) =>
      (draft.monitoring = {
        objectives: { disabledReason: "Accepted for the length of this test run." },
      }),
    path: "monitoring.objectives.disabledReason",
    value: '"Accepted for the length of this test run."',
    expected: "no reason, while objectives are judged: both together contradict each other",
    fix: "remove monitoring.objectives.disabledReason, or set monitoring.objectives.enabled: false",
  },
];

itFinds(rows, observabilityRules);
