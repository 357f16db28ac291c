import { databasePlan } from "../../environments/platform/database-plans.ts";
import { type DriftField, type Convert, type Row, of } from "./drift-field.ts";
import { decidedOnce } from "./decided-once.ts";

const dividedBy =
  (divisor: number): Convert =>
  (value) =>
    Number(value) / divisor;

/** The platform adds seconds to an hour: `02:00:00`. */
const hour: Convert = (value) => String(value).slice(0, 5);

/** App Platform writes times with their unit: `3600s`. */
const seconds: Convert = (value) => Number(String(value).replace(/s$/, ""));

const opposite: Convert = (value) => value !== true;

const perCpu =
  (cluster: "database" | "cache"): Convert =>
  (value, config) =>
    Number(value) / (databasePlan(config[cluster].size)?.vcpus ?? 1);

const probe = (block: string, group: string): Row[] => [
  [`spec.*[*].${block}.http_path`, `services.*.${group}.path`],
  [`spec.*[*].${block}.initial_delay_seconds`, `services.*.${group}.initialDelaySeconds`],
  [`spec.*[*].${block}.period_seconds`, `services.*.${group}.periodSeconds`],
  [`spec.*[*].${block}.timeout_seconds`, `services.*.${group}.timeoutSeconds`],
  [`spec.*[*].${block}.failure_threshold`, `services.*.${group}.failureThreshold`],
];

const components = of("digitalocean_app.app", [
  ["spec.job[migrate].instance_size_slug", "services.migration.size"],
  ["spec.job[migrate].run_command", "services.migration.command"],
  ["spec.job[migrate].termination.grace_period_seconds", "services.migration.graceSeconds"],
  ["spec.*[*].instance_size_slug", "services.*.size"],
  ["spec.*[*].instance_count", "services.*.instances.count"],
  ["spec.*[*].autoscaling.min_instance_count", "services.*.instances.autoscaling.minimum"],
  ["spec.*[*].autoscaling.max_instance_count", "services.*.instances.autoscaling.maximum"],
  ["spec.*[*].autoscaling.metrics.cpu.percent", "services.*.instances.autoscaling.cpuPercent"],
  ["spec.*[*].http_port", "services.*.port"],
  ["spec.*[*].image.repository", "services.*.repository"],
  ["spec.*[*].termination.drain_seconds", "services.*.termination.drainSeconds"],
  ["spec.*[*].termination.grace_period_seconds", "services.*.termination.graceSeconds"],
  ["spec.*[*].alert[CPU_UTILIZATION].value", "alerting.components.cpuPercent"],
  ["spec.*[*].alert[MEM_UTILIZATION].value", "alerting.components.memoryPercent"],
  ["spec.*[*].alert[RESTART_COUNT].value", "alerting.components.restarts"],
  ...probe("health_check", "health"),
  ["spec.*[*].health_check.success_threshold", "services.*.health.successThreshold"],
  ...probe("liveness_health_check", "liveness"),
]);

const app = of("digitalocean_app.app", [
  ["spec.disable_edge_cache", "services.edgeCache.enabled", opposite],
  ["spec.maintenance.enabled", "services.maintenancePage.enabled"],
  ["spec.maintenance.offline_page_url", "services.maintenancePage.offlinePageUrl"],
  ["spec.ingress.rule[*].cors.max_age", "domain.corsMaxAgeSeconds", seconds],
]);

const databases = [
  ...of("digitalocean_database_cluster.postgres", [
    ["size", "database.size"],
    ["node_count", "database.nodes"],
    ["version", "database.version"],
    ["storage_size_mib", "database.storageGib", dividedBy(1024)],
    ["maintenance_window.day", "database.maintenance.day"],
    ["maintenance_window.hour", "database.maintenance.hour", hour],
  ]),
  ...of("digitalocean_database_cluster.valkey", [
    ["size", "cache.size"],
    ["node_count", "cache.nodes"],
    ["version", "cache.version"],
    ["eviction_policy", "cache.evictionPolicy"],
    ["maintenance_window.day", "cache.maintenance.day"],
    ["maintenance_window.hour", "cache.maintenance.hour", hour],
  ]),
  ...of("digitalocean_database_connection_pool.*", [["size", "database.pool.size"]]),
  ...of("digitalocean_database_valkey_config.*", [["persistence", "cache.persistence"]]),
  ...of("digitalocean_database_postgresql_config.*", [
    ["log_min_duration_statement", "database.settings.slowQueryMilliseconds"],
    [
      "idle_in_transaction_session_timeout",
      "database.settings.idleInTransactionSeconds",
      dividedBy(1000),
    ],
    ["work_mem", "database.settings.workMemoryMib"],
    ["autovacuum_vacuum_scale_factor", "database.settings.autovacuumScaleFactor"],
    ["backup_hour", "database.settings.backupHour"],
  ]),
];

const thresholds = (cluster: "postgres" | "valkey", group: "database" | "cache") => {
  const alert = (name: string, field: string, convert?: Convert) =>
    of(`digitalocean_monitor_alert.${cluster}_alert_${name}`, [
      convert
        ? ["value", `alerting.${group}.${field}`, convert]
        : ["value", `alerting.${group}.${field}`],
    ]);
  return [
    ...alert("cpu", "cpuPercent"),
    ...alert("memory", "memoryPercent"),
    ...alert("disk", "diskPercent"),
    ...alert("load", "loadPerCpu", perCpu(group)),
  ];
};

const monitoring = [
  ...thresholds("postgres", "database"),
  ...thresholds("valkey", "cache"),
  ...of("digitalocean_monitor_alert.*", [["alerts.email", "alerting.recipients"]]),
  ...of("digitalocean_uptime_alert.*_latency", [
    ["threshold", "alerting.uptime.latencyMilliseconds"],
  ]),
  ...of("digitalocean_uptime_alert.*_ssl_expiry", [
    ["threshold", "alerting.uptime.certificateDays"],
  ]),
  ...of("digitalocean_uptime_alert.*", [["notifications.email", "alerting.recipients"]]),
  ...of("digitalocean_uptime_check.*", [["regions", "alerting.uptimeRegions"]]),
];

const storage = [
  ...of("aws_s3_bucket.masters", [["versioning.enabled", "storage.masters.versioning"]]),
  ...of("aws_s3_bucket.*", [
    [
      "lifecycle_rule[abort-incomplete-uploads].abort_incomplete_multipart_upload_days",
      "storage.retention.incompleteUploadDays",
    ],
    ["lifecycle_rule[expire-*].expiration.days", "storage.retention.*Days"],
    [
      "lifecycle_rule[expire-*].noncurrent_version_expiration.days",
      "storage.retention.replacedVersionDays",
    ],
    ["cors_rule.max_age_seconds", "storage.uploadCorsMaxAgeSeconds"],
  ]),
];

/**
 * Which field of the configuration each Terraform attribute comes from: what a person writes into the environment to
 * keep what was changed in a control panel. An attribute that is missing here has no field, and is put back.
 */
export const driftFields: readonly DriftField[] = [
  ...decidedOnce,
  ...components,
  ...app,
  ...databases,
  ...monitoring,
  ...storage,
];
