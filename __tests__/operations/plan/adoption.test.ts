import { production } from "../../../environments/production.ts";
import { driftFields } from "../../../operations/plan/drift-fields.ts";
import { adopt } from "../../../operations/plan/adoption.ts";
import { schemaAt } from "../../../operations/plan/adoption-line.ts";
import { checked } from "../../support/environments.ts";

const config = checked(production);
const app = "digitalocean_app.app";

test.each<[address: string, attribute: string, value: unknown, line: string]>([
  [
    app,
    "spec.service[api].instance_size_slug",
    "apps-d-2vcpu-4gb",
    'services: { api: { size: "apps-d-2vcpu-4gb" } }',
  ],
  [
    app,
    "spec.worker[worker].instance_count",
    3,
    "services: { worker: { instances: { count: 3 } } }",
  ],
  [
    app,
    "spec.job[migrate].instance_size_slug",
    "apps-s-1vcpu-2gb",
    'services: { migration: { size: "apps-s-1vcpu-2gb" } }',
  ],
  [
    app,
    "spec.service[edge].health_check.period_seconds",
    20,
    "services: { edge: { health: { periodSeconds: 20 } } }",
  ],
  [
    app,
    "spec.worker[worker].liveness_health_check.failure_threshold",
    9,
    "services: { worker: { liveness: { failureThreshold: 9 } } }",
  ],
  [
    app,
    "spec.service[api].alert[CPU_UTILIZATION].value",
    70,
    "alerting: { components: { cpuPercent: 70 } }",
  ],
  [app, "spec.disable_edge_cache", false, "services: { edgeCache: { enabled: true } }"],
  [app, "spec.ingress.rule[1].cors.max_age", "600s", "domain: { corsMaxAgeSeconds: 600 }"],
  [app, "spec.service[api].env[LOG_LEVEL].value", "debug", 'logs: { level: "debug" }'],
  [
    app,
    "spec.service[api].env[RATE_LIMIT_WINDOW].value",
    "90000",
    "services: { api: { rateLimits: { all: { windowSeconds: 90 } } } }",
  ],
  [
    app,
    "spec.service[edge].env[RATE_LIMIT_MAX].value",
    "10",
    "services: { edge: { rateLimit: { maximum: 10 } } }",
  ],
  [app, "spec.service[edge].env[PORT].value", "8081", "services: { edge: { port: 8081 } }"],
  [
    "digitalocean_database_cluster.postgres",
    "size",
    "gd-4vcpu-16gb",
    'database: { size: "gd-4vcpu-16gb" }',
  ],
  [
    "digitalocean_database_cluster.postgres",
    "storage_size_mib",
    "61440",
    "database: { storageGib: 60 }",
  ],
  [
    "digitalocean_database_cluster.postgres",
    "maintenance_window.hour",
    "04:00:00",
    'database: { maintenance: { hour: "04:00" } }',
  ],
  ["digitalocean_database_cluster.valkey", "node_count", 3, "cache: { nodes: 3 }"],
  ["digitalocean_database_cluster.postgres", "name", "dam-production-postgres", 'product: "dam"'],
  ["digitalocean_database_cluster.postgres", "engine", "pg", 'database: { edition: "standard" }'],
  ["digitalocean_vpc.vpc", "region", "ams3", 'network: { region: "ams" }'],
  ["digitalocean_database_user.postgres_user_b", "name", "old_b", 'database: { user: "old" }'],
  ["aws_s3_bucket.previews", "bucket", "old-previews", 'storage: { bucketPrefix: "old" }'],
  ["aws_iam_user.edge_reader", "name", "dam-production-edge-reader", 'product: "dam"'],
  [
    "digitalocean_database_connection_pool.postgres_pool",
    "size",
    40,
    "database: { pool: { size: 40 } }",
  ],
  [
    "digitalocean_database_postgresql_config.postgres_settings",
    "idle_in_transaction_session_timeout",
    30_000,
    "database: { settings: { idleInTransactionSeconds: 30 } }",
  ],
  [
    "digitalocean_monitor_alert.postgres_alert_load",
    "value",
    4,
    "alerting: { database: { loadPerCpu: 2 } }",
  ],
  [
    "digitalocean_monitor_alert.valkey_alert_cpu",
    "alerts.email",
    ["a@northlight.example"],
    'alerting: { recipients: ["a@northlight.example"] }',
  ],
  [
    "digitalocean_uptime_alert.uptime_api_latency",
    "threshold",
    500,
    "alerting: { uptime: { latencyMilliseconds: 500 } }",
  ],
  [
    "aws_s3_bucket.previews",
    "lifecycle_rule[expire-previews].expiration.days",
    90,
    "storage: { retention: { previewsDays: 90 } }",
  ],
  [
    "aws_s3_bucket.masters",
    "versioning.enabled",
    false,
    "storage: { masters: { versioning: false } }",
  ],
])("%s %s is kept by a line of the environment", (address, attribute, value, line) => {
  expect(adopt(config, { address, attribute, value })).toEqual({
    file: "environments/production.ts",
    line,
  });
});

test.each([
  ["spec.service[edge].image.digest", "edge"],
  ["spec.job[migrate].image.digest", "api"],
])("an image, %s, is kept by the release file", (attribute, component) => {
  const value = `sha256:${"a".repeat(64)}`;

  expect(adopt(config, { address: app, attribute, value })).toEqual({
    file: "environments/production.release.json",
    line: `"${component}": "${value}"`,
  });
});

test.each<[address: string, attribute: string, value: unknown, reason: RegExp]>([
  [app, "spec.service[api].env[JWT_SECRET_A].value", "plain", /export TF_VAR_jwt_secret_a/],
  [
    app,
    "spec.service[api].env[WASABI_STAGING_SECRET].value",
    "plain",
    /storage stack makes the key/,
  ],
  [app, "spec.service[api].env[POSTGRES_URL].value", "postgres://u:p@h", /made from bindables/],
  [app, "spec.service[api].env[HANDMADE]", {}, /rows of constructs\/app\/contract/],
  [app, "spec.service[api].instance_size_slug", "apps-xxl", /cannot be what was set/],
  [
    "digitalocean_database_firewall.postgres_firewall",
    "rule[0.0.0.0/0]",
    {},
    /only trusted source/,
  ],
  ["aws_s3_bucket_policy.access_masters", "policy", "{}", /policies\.ts/],
  ["digitalocean_uptime_check.uptime_api", "", undefined, /taking it out of the project/],
  ["digitalocean_project.console_project", "purpose", "x", /the project decides it/],
])("%s %s has no line, and says why", (address, attribute, value, reason) => {
  expect(adopt(config, { address, attribute, value })).toEqual({
    reason: expect.stringMatching(reason),
  });
});

test("a value that a person typed into a variable of free text is not repeated", () => {
  const kept = adopt(config, {
    address: app,
    attribute: "spec.service[api].env[MAM_ENVIRONMENT].value",
    value: "a secret, by mistake",
  });

  expect(kept).toEqual({
    reason: "set name in environments/production.ts to what the control panel shows",
  });
});

test("every row of the table leads to a field of the configuration", () => {
  const stars = ["api", "worker", "edge", "previews"];
  const lost = driftFields
    .map(({ field }) => field)
    .filter((field) => !stars.some((star) => schemaAt(field.replace("*", star))));

  expect(lost).toEqual([]);
});
