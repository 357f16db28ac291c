import { hostOf, poolConnectionsOf, portOf } from "../databases/connections.ts";
import { adminUser, isPostgres } from "../databases/model.ts";
import type { DatabaseCluster } from "../databases/model.ts";
import { authorityOf } from "../databases/certificate-authority.ts";
import type { Store } from "../store.ts";
import type { App } from "./model.ts";
import { plainValue, plainVariables, variablesOf } from "./secrets.ts";
import { runningComponents } from "./spec/spec.ts";
import type { AppSpec, DatabaseSpec } from "./spec/spec.ts";

/** The cluster behind a database component. */
export function clusterOf({ databases }: Store, spec: DatabaseSpec): DatabaseCluster | undefined {
  return databases.find(({ name }) => name === (spec.cluster_name ?? spec.name));
}

/**
 * The bindable variables of a database component. The host is the public one, also for an app in the cluster's VPC:
 * github.com/digitalocean-labs/do-app-platform-skills, skills/networking/SKILL.md.
 */
function databaseBindables(store: Store, spec: DatabaseSpec): [string, string][] {
  const cluster = clusterOf(store, spec);
  if (!cluster) return [];
  const user = cluster.users.find(
    ({ name }) => name === (spec.db_user ?? adminUser(cluster.engine)),
  );
  const [host, port] = [hostOf(cluster, "public"), portOf(cluster.engine)];
  const database = spec.db_name ?? (isPostgres(cluster.engine) ? "defaultdb" : "");
  const [name = "", password = ""] = [user?.name, user?.password];
  const [scheme, path] = isPostgres(cluster.engine)
    ? ["postgresql", `/${database}?sslmode=require`]
    : [cluster.engine === "valkey" ? "rediss" : "https", ""];
  const pools = cluster.pools.map((pool): [string, string] => [
    `${spec.name}.${pool.name}.DATABASE_URL`,
    poolConnectionsOf(cluster, pool).connection.uri,
  ]);
  const own = {
    HOSTNAME: host,
    PORT: String(port),
    USERNAME: name,
    PASSWORD: password,
    DATABASE: database,
    CA_CERT: authorityOf(store.databaseAuthorities, cluster.engine),
    DATABASE_URL: `${scheme}://${name}:${password}@${host}:${port}${path}`,
  };
  const named = Object.entries(own).map(([key, value]): [string, string] => [
    `${spec.name}.${key}`,
    value,
  ]);
  return [...pools, ...named];
}

/** What `${...}` can stand for in an app's variables. */
function bindablesOf(store: Store, app: App, spec: AppSpec): Map<string, string> {
  const url = app.default_ingress;
  const services = (spec.services ?? []).flatMap(({ name, http_port: port = 8080 }) => [
    [`${name}.PRIVATE_URL`, `http://${name}:${port}`],
    [`${name}.PRIVATE_DOMAIN`, name],
    [`${name}.PRIVATE_PORT`, String(port)],
    [`${name}.PUBLIC_URL`, url],
  ]);
  return new Map<string, string>([
    ["APP_URL", url],
    ["APP_DOMAIN", new URL(url).host],
    ["APP_ID", app.id],
    ...services.map(([key = "", value = ""]) => [key, value] as const),
    ...(spec.databases ?? []).flatMap((one) => databaseBindables(store, one)),
    ...(spec.envs ?? []).map(({ key, value = "" }) => [key, value] as const),
  ]);
}

const reference = /\$\{([A-Za-z0-9_.-]+)\}/g;

/** The references in an app's variables that stand for nothing. */
export function unboundReferences(store: Store, app: App, spec: AppSpec): string[] {
  const known = bindablesOf(store, app, spec);
  const variables = [
    ...(spec.envs ?? []),
    ...runningComponents(spec).flatMap(({ spec: { envs } }) => envs ?? []),
  ];
  return variables.flatMap(({ key, value = "" }) =>
    [...value.matchAll(reference)]
      .map(([, name = ""]) => name)
      .filter((name) => !known.has(name.replace(/^_self\./, "")) && !name.startsWith("_self."))
      .map((name) => `${key} refers to \${${name}}`),
  );
}

/**
 * The environment of a component's containers: secrets in clear, references resolved. It is what a running instance
 * has and nothing else: no answer of the API and no dump contains it.
 */
export function environmentOf(
  store: Store,
  app: App,
  spec: AppSpec,
  component: string,
): Map<string, string> {
  const resolve = resolver(store, app, spec, component);
  const variables = plainVariables(app.encryption_key, spec, component);
  return new Map([...variables].map(([key, value]) => [key, resolve(value)]));
}

/**
 * One variable as {@link environmentOf} has it. Nothing else is decrypted or resolved: an edge that verifies links asks
 * with every request.
 */
export function variableOf(
  store: Store,
  app: App,
  spec: AppSpec,
  component: string,
  name: string,
): string | undefined {
  const variable = variablesOf(spec, component).get(name);
  if (!variable) return undefined;
  const value = plainValue(app.encryption_key, variable);
  return value.includes("${") ? resolver(store, app, spec, component)(value) : value;
}

/** Puts in a value what its references stand for; a reference that stands for nothing stays. */
function resolver(store: Store, app: App, spec: AppSpec, component: string) {
  const bindables = bindablesOf(store, app, spec);
  return (value: string) =>
    value.replace(reference, (whole, name: string) => {
      const own = name.startsWith("_self.") ? name.replace("_self", component) : name;
      return bindables.get(own) ?? whole;
    });
}
