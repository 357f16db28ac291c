import { MonitorAlert } from "@cdktf/provider-digitalocean/lib/monitor-alert/index.js";
import { Construct } from "constructs";

import { databasePlan } from "../../environments/platform/database-plans.ts";
import type { EnvironmentConfig } from "../../environments/schema.ts";

type Thresholds = EnvironmentConfig["alerting"]["database"];

/** Inputs of {@link DatabaseAlerts}. */
export interface DatabaseAlertsProps {
  readonly config: EnvironmentConfig;
  readonly clusterId: string;
  readonly clusterName: string;
  /** Size slug of the nodes: load is judged by their CPUs. */
  readonly size: string;
  readonly thresholds: Thresholds;
}

/** One alert policy of a cluster. */
interface DatabaseAlert {
  readonly id: string;
  readonly type: string;
  readonly value: number;
  readonly window: string;
  readonly text: string;
}

/** Alerts of a cluster on CPU, memory, disk and load; none when the environment is muted. */
export class DatabaseAlerts extends Construct {
  constructor(scope: Construct, id: string, props: DatabaseAlertsProps) {
    super(scope, id);
    const { recipients } = props.config.alerting;
    if (recipients.length === 0) return;
    for (const alert of alertsOf(props.thresholds, props.size)) {
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

/** The alert policies of a cluster. A disk fills slowly, so it is judged over a longer time. */
function alertsOf(thresholds: Thresholds, size: string): DatabaseAlert[] {
  const load = thresholds.loadPerCpu * (databasePlan(size)?.vcpus ?? 1);
  const percent = (id: string, value: number, window: string): DatabaseAlert => ({
    id,
    type: `${id === "disk" || id === "memory" ? `${id}_utilization` : id}_alerts`,
    value,
    window,
    text: `${id} above ${value} %`,
  });
  return [
    percent("cpu", thresholds.cpuPercent, "10m"),
    percent("memory", thresholds.memoryPercent, "10m"),
    percent("disk", thresholds.diskPercent, "30m"),
    { id: "load", type: "load_15_alerts", value: load, window: "10m", text: `load above ${load}` },
  ];
}
