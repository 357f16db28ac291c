import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { type ClusterThresholds, loadThreshold } from "../../monitoring/thresholds.ts";

/** One alert of an uptime check. */
export interface UptimeAlertRule {
  readonly type: string;
  readonly period: string;
  readonly threshold?: number;
  readonly comparison?: string;
}

/** The alerts of every uptime check, without recipients. */
export function uptimeAlerts({ alerting: { uptime } }: EnvironmentConfig): UptimeAlertRule[] {
  return [
    { type: "down", period: "2m" },
    { type: "down_global", period: "2m" },
    {
      type: "latency",
      threshold: uptime.latencyMilliseconds,
      comparison: "greater_than",
      period: "5m",
    },
    {
      type: "ssl_expiry",
      threshold: uptime.certificateDays,
      comparison: "less_than",
      period: "1h",
    },
  ];
}

/**
 * The alert of a check of service levels: a service that misses an objective answers 503 to everybody, which is down. The
 * host's certificate, its answer time and what one region sees are told by the check of its endpoint.
 */
export const serviceLevelAlerts: readonly UptimeAlertRule[] = [
  { type: "down_global", period: "2m" },
];

/** One alert policy of a cluster. */
interface DatabaseAlertRule {
  readonly id: string;
  readonly type: string;
  readonly value: number;
  readonly window: string;
  /** What it says in words. */
  readonly text: string;
}

/** The alert policies of a cluster. A disk fills slowly, so it is judged over a longer time. */
export function databaseAlerts(thresholds: ClusterThresholds, size: string): DatabaseAlertRule[] {
  const load = loadThreshold(thresholds, size);
  const percent = (id: string, value: number, window: string): DatabaseAlertRule => ({
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
