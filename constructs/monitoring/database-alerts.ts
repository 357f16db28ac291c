import { MonitorAlert } from "@cdktf/provider-digitalocean/lib/monitor-alert/index.js";
import { Construct } from "constructs";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { ClusterThresholds } from "../../monitoring/thresholds.ts";
import { answerTo, briefly } from "../../monitoring/alerts/answers.ts";
import { databaseAlerts } from "./alert-rules.ts";

/** Inputs of {@link DatabaseAlerts}. */
export interface DatabaseAlertsProps {
  readonly config: EnvironmentConfig;
  readonly clusterId: string;
  readonly clusterName: string;
  /** Names the answers to its alerts. */
  readonly cluster: "postgres" | "valkey";
  /** Size slug of the nodes: load is judged by their CPUs. */
  readonly size: string;
  readonly thresholds: ClusterThresholds;
}

/**
 * Alerts of a cluster on CPU, memory, disk and load; none when the environment is muted. Each says in its description, which
 * is what a mail shows, what it means to users and what to look at first.
 */
export class DatabaseAlerts extends Construct {
  constructor(scope: Construct, id: string, props: DatabaseAlertsProps) {
    super(scope, id);
    const { recipients } = props.config.alerting;
    if (recipients.length === 0) return;
    for (const alert of databaseAlerts(props.thresholds, props.size)) {
      const answer = answerTo({ source: "database", key: `${props.cluster} ${alert.id}` });
      new MonitorAlert(this, alert.id, {
        type: `v1/dbaas/alerts/${alert.type}`,
        // Beginning with the cluster's name, by which the alert is known to be ours.
        description: `${props.clusterName}: ${alert.text} for ${alert.window}. ${briefly(answer, props.config.name)}`,
        compare: "GreaterThan",
        value: alert.value,
        window: alert.window,
        entities: [props.clusterId],
        alerts: { email: [...recipients] },
        enabled: true,
      });
    }
  }
}
