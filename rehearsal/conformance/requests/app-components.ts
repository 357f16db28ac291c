const digest = `sha256:${"1".repeat(64)}`;
const image = { registry_type: "DOCR", repository: "api", digest };

/** Variables. */
export const envs = [{ key: "LOG_LEVEL", value: "info", scope: "RUN_TIME", type: "GENERAL" }];

const check = {
  http_path: "/health",
  port: 3000,
  initial_delay_seconds: 5,
  period_seconds: 10,
  timeout_seconds: 3,
  failure_threshold: 5,
  success_threshold: 1,
};

/** Cross-origin rules. */
export const cors = {
  allow_origins: [{ exact: "https://example.com" }],
  allow_methods: ["GET"],
  allow_headers: ["Range"],
  expose_headers: ["ETag"],
  max_age: "1h",
  allow_credentials: false,
};

const destinations = [{ name: "papertrail", papertrail: { endpoint: "logs.example.com:12345" } }];

const running = {
  image,
  envs,
  log_destinations: destinations,
  run_command: "node server.mjs",
  instance_size_slug: "apps-s-1vcpu-1gb",
};

/** A service with every field that goes together. */
export const service = {
  ...running,
  name: "web",
  instance_count: 1,
  http_port: 3000,
  internal_ports: [3001],
  protocol: "HTTP",
  health_check: check,
  liveness_health_check: check,
  termination: { drain_seconds: 30, grace_period_seconds: 60 },
};

/** A service whose instances are counted by its load. */
export const scaled = {
  name: "scaled",
  image,
  http_port: 3000,
  instance_size_slug: "apps-d-1vcpu-1gb",
  autoscaling: {
    min_instance_count: 1,
    max_instance_count: 3,
    metrics: {
      cpu: { percent: 80 },
      requests_per_second: { per_instance: 100 },
      request_duration: { p95_milliseconds: 500 },
    },
  },
};

/** A worker whose instances are counted by its load. */
export const scaledWorker = {
  name: "scaled-worker",
  image,
  instance_size_slug: "apps-d-1vcpu-1gb",
  autoscaling: {
    min_instance_count: 1,
    max_instance_count: 3,
    metrics: { cpu: { percent: 80 } },
  },
};

/** A worker. */
export const worker = {
  ...running,
  name: "worker",
  instance_count: 1,
  liveness_health_check: { ...check, port: 3000 },
  termination: { grace_period_seconds: 60 },
};

/** A job before a deployment. */
export const job = {
  ...running,
  name: "migrate",
  kind: "PRE_DEPLOY",
  instance_count: 1,
  termination: { grace_period_seconds: 60 },
};
