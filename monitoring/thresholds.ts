import { databasePlan } from "../environments/platform/database-plans.ts";
import type { EnvironmentConfig } from "../environments/schema/environment.ts";

/** When a cluster's alerts are sent. */
export type ClusterThresholds = EnvironmentConfig["alerting"]["database"];

/** Load of a cluster's node from which its alert is sent: by its CPUs. */
export function loadThreshold({ loadPerCpu }: ClusterThresholds, size: string): number {
  return loadPerCpu * (databasePlan(size)?.vcpus ?? 1);
}

/** The cluster, its size and its thresholds. */
export function clusterAlerting(
  { alerting, cache, database }: EnvironmentConfig,
  cluster: "postgres" | "valkey",
): { readonly thresholds: ClusterThresholds; readonly size: string } {
  return cluster === "postgres"
    ? { thresholds: alerting.database, size: database.size }
    : { thresholds: alerting.cache, size: cache.size };
}
