import { blocksOf, textIn } from "../../../engine/data.ts";
import { isJson, type Fields, type Json, type Mapping } from "./mapping.ts";

// How the parts of an app's components correspond to the API (provider 2.99.1, app/app_spec.go).

/** Fields of the same name on both sides, left out when empty. */
export function named(...names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, { kind: "value" }]));
}

/** A field that is written even when empty. */
export const always: Mapping = { kind: "value", always: true };

/** A block that stands at most once and is written even when empty. */
export function one(fields: Fields): Mapping {
  return { kind: "one", fields };
}

/** A block that stands at most once and is left out when empty. */
export function oneUnlessEmpty(fields: Fields): Mapping {
  return { kind: "one", fields, unlessEmpty: true };
}

/** A repeated block, under the API's name. */
export function many(api: string, fields: Fields): Mapping {
  return { kind: "many", api, fields };
}

const MATCHES = ["exact", "prefix", "regex"];

function oneSided(json: unknown): readonly (readonly [string, string])[] {
  const matches: readonly unknown[] = Array.isArray(json) ? json : [];
  return matches.filter(isJson).flatMap((match: Json) =>
    MATCHES.flatMap((kind) => {
      const text = match[kind];
      return typeof text === "string" && text !== "" ? [[kind, text] as const] : [];
    }),
  );
}

/** One block of Terraform holds what the API has as a list of one-sided matches. */
const allowOrigins: Mapping = {
  kind: "custom",
  api: "allow_origins",
  expand: (plain) => {
    const [block = {}] = blocksOf(plain);
    const matches = MATCHES.filter((kind) => textIn(block, kind) !== "");
    return matches.length === 0 ? undefined : matches.map((kind) => ({ [kind]: block[kind] }));
  },
  flatten: (json) => {
    const matches = oneSided(json);
    return matches.length === 0 ? [] : [Object.fromEntries(matches)];
  },
};

/** Who may call from another origin. */
export const componentCors = oneUnlessEmpty({
  allow_origins: allowOrigins,
  ...named("allow_methods", "allow_headers", "expose_headers", "max_age", "allow_credentials"),
});

/** Environment variables. */
export const env = many("envs", { key: always, ...named("value", "scope", "type") });

const healthCheck = one(
  named(
    "http_path",
    "initial_delay_seconds",
    "period_seconds",
    "timeout_seconds",
    "success_threshold",
    "failure_threshold",
    "port",
  ),
);

const image = one({
  ...named("registry_type", "registry", "repository", "tag", "digest", "registry_credentials"),
  deploy_on_push: one(named("enabled")),
});

const alert = many("alerts", {
  ...named("rule", "disabled", "operator", "window"),
  value: { kind: "value", float: true },
});

const logDestination = many("log_destinations", {
  name: always,
  papertrail: one({ endpoint: always }),
  datadog: one({ endpoint: { kind: "value" }, api_key: always }),
  logtail: one({ token: always }),
  open_search: {
    kind: "one",
    crashesWithout: "basic_auth",
    fields: {
      ...named("endpoint", "cluster_name", "index_name"),
      basic_auth: one(named("user", "password")),
    },
  },
});

const autoscaling = one({
  ...named("min_instance_count", "max_instance_count"),
  metrics: one({ cpu: one(named("percent")) }),
});

const gitService = one(named("repo", "branch", "deploy_on_push"));
const routes = many("routes", named("path", "preserve_path_prefix"));

const source: Fields = {
  name: always,
  git: one(named("repo_clone_url", "branch")),
  github: gitService,
  gitlab: gitService,
  bitbucket: gitService,
  env,
  ...named("source_dir"),
};
const build = named("dockerfile_path", "build_command", "environment_slug");
const watched: Fields = { alert, log_destination: logDestination };
const run: Fields = {
  image,
  ...named("run_command", "instance_size_slug", "instance_count"),
};

/** A service. */
export const service = many("services", {
  ...source,
  ...build,
  ...watched,
  ...run,
  ...named("http_port", "internal_ports"),
  routes,
  health_check: healthCheck,
  liveness_health_check: healthCheck,
  cors: componentCors,
  autoscaling,
  termination: oneUnlessEmpty(named("drain_seconds", "grace_period_seconds")),
});

/** A worker. */
export const worker = many("workers", {
  ...source,
  ...build,
  ...watched,
  ...run,
  liveness_health_check: healthCheck,
  autoscaling,
  termination: oneUnlessEmpty(named("grace_period_seconds")),
});

/** A job. */
export const job = many("jobs", {
  ...source,
  ...build,
  ...watched,
  ...run,
  ...named("kind"),
  termination: oneUnlessEmpty(named("grace_period_seconds")),
});

/** A static site. */
export const staticSite = many("static_sites", {
  ...source,
  ...build,
  ...named("output_dir", "index_document", "error_document", "catchall_document"),
  routes,
  cors: componentCors,
});

/** A function. */
export const functionComponent = many("functions", {
  ...source,
  ...watched,
  routes,
  cors: componentCors,
});
