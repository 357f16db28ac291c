import { MonitorAlert } from "@cdktf/provider-digitalocean/lib/monitor-alert/index.js";
import { Construct } from "constructs";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { ClusterThresholds } from "../../monitoring/thresholds.ts";
import { databaseAlerts } from "./alert-rules.ts";

/** Inputs of {@link DatabaseAlerts}. */
export interface DatabaseAlertsProps {
  readonly config: EnvironmentConfig;
  readonly clusterId: string;
  readonly clusterName: string;
  /** Size slug of the nodes: load is judged by their CPUs. */
  readonly size: string;
  readonly thresholds: ClusterThresholds;
}

/** Alerts of a cluster on CPU, memory, disk and load; none when the environment is muted. */
export class DatabaseAlerts extends Construct {
  constructor(scope: Construct, id: string, props: DatabaseAlertsProps) {
    super(scope, id);
    const { recipients } = props.config.alerting;
    if (recipients.length === 0) return;
    for (const alert of databaseAlerts(props.thresholds, props.size)) {
      new MonitorAlert(this, alert.id, {
        type: `v1/dbaas/alerts/${alert.type}`,
        description: `${props.clusterName}: ${alert.text} for ${alert.window}`,
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
