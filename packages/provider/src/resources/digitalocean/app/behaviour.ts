import type { Behaviour, Suppression, ValueRule } from "../../../engine/behaviour.ts";
import {
  fractionAtLeast,
  lengthBetween,
  notEmpty,
  numberAtLeast,
  numberBetween,
  oneOf,
} from "../../../engine/rules.ts";

// What app/resource_app.go and app/app_spec.go of provider 2.99.1 say beyond the schema.

const ALL = [
  "spec",
  "spec.service",
  "spec.worker",
  "spec.job",
  "spec.function",
  "spec.static_site",
];
const WATCHED = ["spec.service", "spec.worker", "spec.job", "spec.function"];
const RUN = ["spec.service", "spec.worker", "spec.job"];
const ROUTED = ["spec.service", "spec.static_site", "spec.function"];
const SCALED = ["spec.service", "spec.worker"];

/** The same row for several parts of the specification. */
function forEach<T>(parts: readonly string[], path: string, row: T): Record<string, T> {
  return Object.fromEntries(parts.map((part) => [`${part}.${path}`, row]));
}

function pathsOf(parts: readonly string[], ...paths: readonly string[]): readonly string[] {
  return parts.flatMap((part) => paths.map((path) => `${part}.${path}`));
}

/** The API does not always tell GENERAL, and an absent type means the same. */
const unsetIsGeneral: Suppression = (old, wanted) => wanted === "GENERAL" && old === "";

const port = numberBetween(1, 65535);

const VALUES: Readonly<Record<string, ValueRule>> = {
  project_id: notEmpty,
  "spec.name": lengthBetween(2, 32),
  "spec.alert.rule": oneOf([
    "DEPLOYMENT_FAILED",
    "DEPLOYMENT_LIVE",
    "DEPLOYMENT_STARTED",
    "DEPLOYMENT_CANCELED",
    "DOMAIN_FAILED",
    "DOMAIN_LIVE",
    "AUTOSCALE_FAILED",
    "AUTOSCALE_SUCCEEDED",
  ]),
  "spec.database.engine": oneOf([
    "UNSET",
    "MYSQL",
    "PG",
    "REDIS",
    "MONGODB",
    "KAFKA",
    "OPENSEARCH",
    "VALKEY",
  ]),
  "spec.domain.type": oneOf(["DEFAULT", "PRIMARY", "ALIAS"]),
  "spec.egress.type": oneOf(["AUTOASSIGN", "DEDICATED_IP"]),
  "spec.job.kind": oneOf(["UNSPECIFIED", "PRE_DEPLOY", "POST_DEPLOY", "FAILED_DEPLOY"]),
  "spec.service.health_check.port": port,
  "spec.service.termination.drain_seconds": numberBetween(1, 110),
  ...forEach(["spec", ...WATCHED], "alert.destinations.emails", lengthBetween(3, 100)),
  ...forEach(ALL, "env.scope", oneOf(["UNSET", "RUN_TIME", "BUILD_TIME", "RUN_AND_BUILD_TIME"])),
  ...forEach(ALL, "env.type", oneOf(["GENERAL", "SECRET"])),
  ...forEach(
    WATCHED,
    "alert.rule",
    oneOf(["UNSPECIFIED_RULE", "CPU_UTILIZATION", "MEM_UTILIZATION", "RESTART_COUNT"]),
  ),
  ...forEach(
    WATCHED,
    "alert.operator",
    oneOf(["GREATER_THAN", "LESS_THAN", "UNSPECIFIED_OPERATOR"]),
  ),
  ...forEach(
    WATCHED,
    "alert.window",
    oneOf(["FIVE_MINUTES", "TEN_MINUTES", "THIRTY_MINUTES", "ONE_HOUR", "UNSPECIFIED_WINDOW"]),
  ),
  ...forEach(WATCHED, "alert.value", fractionAtLeast(0)),
  ...forEach(RUN, "image.registry_type", oneOf(["UNSPECIFIED", "DOCKER_HUB", "DOCR", "GHCR"])),
  ...forEach(RUN, "termination.grace_period_seconds", numberBetween(1, 600)),
  ...forEach(SCALED, "autoscaling.min_instance_count", numberAtLeast(1)),
  ...forEach(SCALED, "autoscaling.max_instance_count", numberAtLeast(1)),
  ...forEach(SCALED, "autoscaling.metrics.cpu.percent", numberBetween(1, 100)),
  ...forEach(SCALED, "liveness_health_check.port", port),
};

/** What an app does that its schema does not say. */
export const appBehaviour: Behaviour = {
  force_new: ["project_id"],
  defaults: {
    deployment_per_page: 20,
    "spec.disable_edge_cache": false,
    "spec.disable_email_obfuscation": false,
    "spec.enhanced_threat_control_enabled": false,
    "spec.ingress.rule.redirect.redirect_code": 302,
    "spec.job.kind": "UNSPECIFIED",
    ...forEach(["spec", ...WATCHED], "alert.disabled", false),
    ...forEach(ALL, "env.scope", "RUN_AND_BUILD_TIME"),
    ...forEach(
      WATCHED,
      "log_destination.datadog.endpoint",
      "https://http-intake.logs.datadoghq.com",
    ),
  },
  diff_suppressed: forEach(ALL, "env.type", unsetIsGeneral),
  computed_blocks: [
    "dedicated_ips",
    "spec.domain",
    "spec.ingress",
    ...pathsOf(ROUTED, "routes"),
    ...pathsOf(RUN, "image.deploy_on_push"),
  ],
  conflicts_with: { "spec.domain": ["spec.domains"] },
  values_validated: VALUES,
  deprecated: {
    "spec.domains":
      "This attribute has been replaced by `domain` which supports additional functionality.",
    ...forEach(ROUTED, "routes", "Service level routes are deprecated in favor of ingresses"),
    ...forEach(ROUTED, "cors", "Service level CORS rules are deprecated in favor of ingresses"),
    ...forEach(
      ["spec.ingress.rule", ...ROUTED],
      "cors.allow_origins.prefix",
      "Prefix-based matching has been deprecated in favor of regex-based matching.",
    ),
  },
  crashes_when_empty: [
    "spec.ingress.rule",
    "spec.ingress.rule.match.path",
    "spec.ingress.rule.match.authority",
    ...pathsOf(["spec.ingress.rule", ...ROUTED], "cors.allow_origins"),
    ...pathsOf(ALL.slice(1), "git", "github", "gitlab", "bitbucket"),
    ...pathsOf(RUN, "image.deploy_on_push"),
    ...pathsOf(SCALED, "autoscaling.metrics", "liveness_health_check"),
    ...pathsOf(WATCHED, "log_destination.open_search.basic_auth"),
    "spec.service.health_check",
  ],
  // Secrets and credentials come back encrypted, and a job's unspecified kind as the one that was chosen.
  answered_differently: [
    ...pathsOf(ALL, "env.value"),
    ...pathsOf(RUN, "image.registry_credentials"),
    "spec.job.kind",
  ],
  timeouts: { create: 30 * 60 },
};
