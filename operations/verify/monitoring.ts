import { publicEndpoints } from "../../constructs/monitoring/public-endpoints.ts";
import { resourceName } from "../../constructs/naming.ts";
import type { EnvironmentConfig } from "../../environments/schema.ts";
import { type Comparison, inOrder } from "./comparison.ts";
import type { Survey } from "./survey.ts";

const databaseAlerts = [
  "cpu_alerts",
  "memory_utilization_alerts",
  "disk_utilization_alerts",
  "load_15_alerts",
];
const uptimeAlerts = ["down", "down_global", "latency", "ssl_expiry"];

/** Checks from outside and alerts of the clusters, each with its recipients. */
export function monitoringComparisons(config: EnvironmentConfig, survey: Survey): Comparison[] {
  const { recipients } = config.alerting;
  const isMuted = recipients.length === 0;
  const targets = Object.entries(publicEndpoints(config)).map(
    ([endpoint, target]) => `${resourceName(config, endpoint)} ${target}`,
  );
  const strangers = [
    ...survey.policies.map(({ description, alerts }) => ({
      name: description,
      emails: alerts.email ?? [],
    })),
    ...survey.checks.flatMap(({ alerts }) =>
      alerts.map(({ name, notifications }) => ({ name, emails: notifications.email ?? [] })),
    ),
  ].filter(({ emails }) => inOrder(emails).join() !== inOrder(recipients).join());
  return [
    {
      resource: "the uptime checks",
      expected: inOrder(targets),
      found: inOrder(survey.checks.map(({ check }) => `${check.name} ${check.target}`)),
    },
    ...survey.checks.map(({ check, alerts }) => ({
      resource: `the alerts of ${check.name}`,
      expected: isMuted ? [] : inOrder(uptimeAlerts),
      found: inOrder(alerts.map(({ type }) => type)),
    })),
    ...clusterAlerts("PostgreSQL", survey.postgres?.cluster.id, survey, isMuted),
    ...clusterAlerts("Valkey", survey.valkey?.cluster.id, survey, isMuted),
    {
      resource: "alerts with other recipients",
      expected: [],
      found: strangers.map(({ name }) => name),
    },
  ];
}

function clusterAlerts(
  name: string,
  id: string | undefined,
  { policies }: Survey,
  isMuted: boolean,
): Comparison[] {
  const types = policies
    .filter(({ entities }) => id !== undefined && entities?.includes(id))
    .map(({ type }) => type.replace("v1/dbaas/alerts/", ""));
  return [
    {
      resource: `the alerts of ${name}`,
      expected: isMuted ? [] : inOrder(databaseAlerts),
      found: inOrder(types),
    },
  ];
}
