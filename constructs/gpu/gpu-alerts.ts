import { MonitorAlert } from "@cdktf/provider-digitalocean/lib/monitor-alert/index.js";
import { Construct } from "constructs";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { answerTo, briefly } from "../../monitoring/alerts/answers.ts";
import { resourceName } from "../naming.ts";

/** Inputs of {@link GpuAlerts}. */
export interface GpuAlertsProps {
  readonly config: EnvironmentConfig;
  /** Ids of the machines. */
  readonly droplets: readonly string[];
}

/**
 * What is told of machines, by DigitalOcean's agent on them. There is no metric of the card, and a busy CPU is what a
 * machine is paid for, so that only what ends a worker is watched. Sources of the types: the provider's list.
 */
const gpuAlerts = [
  { id: "memory", type: "memory_utilization_percent", value: 90, window: "10m" },
  { id: "disk", type: "disk_utilization_percent", value: 85, window: "30m" },
] as const;

/** Alerts of GPU Droplets; none when the environment is muted. */
export class GpuAlerts extends Construct {
  constructor(scope: Construct, id: string, { config, droplets }: GpuAlertsProps) {
    super(scope, id);
    const { recipients } = config.alerting;
    if (recipients.length === 0) return;
    for (const alert of gpuAlerts) {
      const answer = answerTo({ source: "droplet", key: `gpu ${alert.id}` });
      const text = `${alert.id} above ${alert.value} % for ${alert.window}`;
      new MonitorAlert(this, alert.id, {
        type: `v1/insights/droplet/${alert.type}`,
        description: `${resourceName(config, "gpu-worker")}: ${text}. ${briefly(answer, config.name)}`,
        compare: "GreaterThan",
        value: alert.value,
        window: alert.window,
        entities: [...droplets],
        alerts: { email: [...recipients] },
        enabled: true,
      });
    }
  }
}
