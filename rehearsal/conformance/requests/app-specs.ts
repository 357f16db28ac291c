import { envs, cors, service, scaled, scaledWorker, worker, job } from "./app-components.ts";

/** A specification with almost every field. */
export const wholeSpec = {
  name: "second",
  region: "nyc",
  services: [service, scaled],
  workers: [worker],
  jobs: [job],
  databases: [
    {
      name: "pg",
      engine: "PG",
      version: "17",
      production: true,
      cluster_name: "mam-pg",
      db_name: "mam",
      db_user: "mam",
    },
  ],
  domains: [
    {
      domain: "second.example.com",
      type: "PRIMARY",
      wildcard: false,
      zone: "example.com",
      minimum_tls_version: "1.2",
    },
  ],
  ingress: {
    rules: [
      {
        match: {
          path: { prefix: "/web" },
          authority: { exact: "second.example.com" },
        },
        component: { name: "web", preserve_path_prefix: true },
        cors,
      },
    ],
  },
  egress: { type: "AUTOASSIGN" },
  maintenance: { enabled: false },
  disable_edge_cache: true,
  disable_email_obfuscation: true,
  enhanced_threat_control_enabled: false,
};

const size = { instance_size_slug: "apps-s-1vcpu-1gb" };

/** The same source for one component of each kind. */
const fromSource = (source: object): object => ({
  name: "second",
  services: [{ name: "web", ...size, ...source }],
  workers: [{ name: "worker", ...size, ...source }],
  jobs: [{ name: "migrate", kind: "PRE_DEPLOY", ...size, ...source }],
});

const pushed = {
  registry_type: "DOCR",
  repository: "api",
  tag: "v1",
  deploy_on_push: { enabled: true },
};
const foreign = {
  registry_type: "GHCR",
  registry: "example",
  repository: "web",
  tag: "v1",
  registry_credentials: "user:token",
};

const redirect = {
  uri: "/new",
  authority: "example.com",
  port: 443,
  scheme: "https",
  redirect_code: 302,
};

const bound = (engine: string, cluster: string) => ({
  name: "second",
  services: [service],
  databases: [{ name: "data", engine, production: true, cluster_name: cluster }],
});

/** What one specification cannot have beside the other: what excludes, and what another kind of component has. */
export const otherSpecs: readonly object[] = [
  { name: "second", vpc: { id: "{vpc}" }, services: [service] },
  ...["git", "github", "gitlab", "bitbucket"].map((kind) => fromSource({ [kind]: sourceOf(kind) })),
  ...[pushed, foreign].map((one) => fromSource({ image: one })),
  {
    name: "second",
    services: [{ ...service, cors, routes: [{ path: "/", preserve_path_prefix: true }] }],
  },
  { name: "second", services: [scaled], workers: [scaledWorker] },
  {
    name: "second",
    services: [service],
    ingress: {
      rules: [{ match: { path: { prefix: "/old" } }, redirect }],
    },
  },
  {
    name: "second",
    services: [service],
    ingress: {
      rules: [{ match: { path: { prefix: "/web" } }, component: { name: "web", rewrite: "/" } }],
    },
  },
  {
    name: "second",
    static_sites: [
      {
        name: "site",
        github: sourceOf("github"),
        envs,
        build_command: "npm run build",
        source_dir: "/",
        environment_slug: "node-js",
        output_dir: "dist",
        index_document: "index.html",
        error_document: "404.html",
        routes: [{ path: "/", preserve_path_prefix: false }],
        cors,
      },
    ],
  },
  bound("VALKEY", "mam-valkey"),
  bound("OPENSEARCH", "mam-search"),
  ...["datadog", "logtail", "open_search", "of_cluster"].map((kind) => ({
    name: "second",
    services: [{ ...service, log_destinations: [destinationOf(kind)] }],
    workers: [{ ...worker, log_destinations: [destinationOf(kind)] }],
    jobs: [{ ...job, log_destinations: [destinationOf(kind)] }],
  })),
];

function sourceOf(kind: string): object {
  const branch = { branch: "main" };
  return kind === "git"
    ? { repo_clone_url: "https://example.com/web.git", ...branch }
    : { repo: "example/web", deploy_on_push: false, ...branch };
}

function destinationOf(kind: string) {
  const settings: Record<string, object> = {
    datadog: { endpoint: "https://http-intake.logs.datadoghq.com", api_key: "key" },
    logtail: { token: "token" },
    open_search: {
      endpoint: "https://search.example.com:9200",
      basic_auth: { user: "user", password: "correct-horse" },
      index_name: "logs",
    },
  };
  return kind === "of_cluster"
    ? { name: "logs", open_search: { cluster_name: "mam-search", index_name: "logs" } }
    : { name: "logs", [kind]: settings[kind] };
}
