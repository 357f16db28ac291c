import type { GeneratedText } from "../canonical.ts";
import { summarizeCluster } from "./databases/description.ts";
import { isOpenToInternet } from "./databases/firewall.ts";
import type { App } from "./apps/model.ts";
import { summarizeInsights } from "./insights/dump.ts";
import type { Store } from "./store.ts";

/** Generated text in a dump beside ids: ciphertext, and the random part of an app's own host name. */
export const generatedText: readonly GeneratedText[] = [
  { name: "EV", pattern: /EV\[1:[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+\]/g },
  { name: "ingress", pattern: /[a-z0-9-]+-[0-9a-f]{5}\.ondigitalocean\.app/g },
];

/** Lists whose order means nothing: clients send them in any. */
const sets = new Set([
  "allow_headers",
  "allow_methods",
  "emails",
  "entities",
  "envs",
  "expose_headers",
  "features",
  "internal_ports",
  "regions",
  "tags",
]);

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => {
      const ordered = inOrder(part);
      return Array.isArray(ordered) && sets.has(key)
        ? [key, byName(ordered, (item) => JSON.stringify(item))]
        : [key, ordered];
    }),
  );
}

const byName = <Item>(items: readonly Item[], name: (item: Item) => string) =>
  items.toSorted((one, other) => name(one).localeCompare(name(other)));

function summarizeApp(app: App) {
  const active = app.deployments.find(({ id }) => id === app.active_deployment);
  return {
    name: app.spec.name,
    spec: app.spec,
    default_ingress: app.default_ingress,
    pinned: app.pinned_deployment !== undefined,
    active: active && { digests: active.digests, phase: active.phase, spec: active.spec },
    deployments: app.deployments.map(({ cause, phase }) => ({ cause, phase })),
    alerts: app.alerts.map(({ component_name, spec, emails, slack_webhooks }) => ({
      component_name,
      spec,
      emails,
      slack_webhooks: slack_webhooks.length,
    })),
    domains: app.domains.map(({ spec, phase }) => ({ spec, phase })),
  };
}

const nameOf = (store: Store, urn: string) => {
  const id = urn.split(":").at(-1) ?? "";
  const named = [
    ...store.databases.map((one) => ({ id: one.id, name: one.name })),
    ...store.apps.map((one) => ({ id: one.id, name: one.spec.name })),
    ...store.vpcs.map((one) => ({ id: one.id, name: one.name })),
    ...store.droplets.map((one) => ({ id: String(one.id), name: one.name })),
  ];
  return named.find((one) => one.id === id)?.name ?? id;
};

/**
 * The account as a person or a scenario compares it: no password, no key and no token, collections in the order of their
 * names. Secrets of apps stand in it as ciphertext, which {@link generatedText} makes equal from run to run.
 */
export function dumpDigitalOcean(store: Store) {
  return inOrder(summarizeStore(store));
}

function summarizeStore(store: Store) {
  return {
    projects: byName(store.projects, ({ name }) => name).map((project) => ({
      name: project.name,
      description: project.description,
      purpose: project.purpose,
      environment: project.environment,
      is_default: project.is_default,
      resources: store.assignments
        .filter(({ project_id: id }) => id === project.id)
        .map(({ urn }) => `${urn.split(":")[1] ?? ""}:${nameOf(store, urn)}`)
        .toSorted(),
    })),
    vpcs: byName(store.vpcs, ({ name }) => name),
    databases: byName(store.databases, ({ name }) => name).map((cluster) =>
      summarizeCluster(cluster, isOpenToInternet(cluster)),
    ),
    apps: byName(store.apps, ({ spec }) => spec.name).map(summarizeApp),
    domains: byName(store.domains, ({ name }) => name).map(({ name, records }) => ({
      name,
      records: records
        .map(({ type, name: host, data, ttl, tag }) =>
          [host, ttl, type, tag ?? "", data].filter((part) => part !== "").join(" "),
        )
        .toSorted(),
    })),
    registries: store.registries,
    alert_policies: byName(store.alertPolicies, ({ description, type }) => `${description}${type}`),
    uptime_checks: byName(store.uptimeChecks, ({ name }) => name).map((check) => ({
      ...check,
      alerts: byName(check.alerts, ({ name }) => name),
    })),
    insights: summarizeInsights(store.insights),
    tags: byName(store.tags, ({ name }) => name),
    droplets: byName(store.droplets, ({ name }) => name).map(
      ({ name, region, size, image, tags, status, vpc_uuid }) => ({
        name,
        region,
        size,
        image,
        tags,
        status,
        vpc: nameOf(store, vpc_uuid),
      }),
    ),
    firewalls: byName(store.firewalls, ({ name }) => name),
  };
}
