import { randomBytes, randomUUID } from "node:crypto";

import { notFound } from "../api/errors.ts";
import { assignToProject, projectOf, unassign } from "../projects/assignments.ts";
import { appRegions } from "../regions.ts";
import type { Store } from "../store.ts";
import { syncAlerts } from "./alerts.ts";
import {
  createDeployment,
  describeDeployment,
  isUnfinished,
  mustNotBePinned,
} from "./deployments/deployment.ts";
import { vpcEgressAddress } from "./deployments/jobs.ts";
import { instanceCount } from "./deployments/rollout.ts";
import { removeDomains, syncDomains } from "./domains.ts";
import { instanceSize } from "./instance-sizes.ts";
import type { App, AppDomain, Deployment } from "./model.ts";
import { newEncryptionKey, sealSpec } from "./secrets.ts";
import { checkSpec } from "./spec/check.ts";
import { completeSpec } from "./spec/defaults.ts";
import { runningComponents } from "./spec/spec.ts";
import type { AppSpec } from "./spec/spec.ts";

/** Finds an app. @throws ApiError 404. */
export function findApp({ apps }: Store, id: string): App {
  const app = apps.find((one) => one.id === id);
  if (!app) throw notFound("app not found");
  return app;
}

function newApp(spec: AppSpec, at: Date): App {
  const suffix = randomBytes(4).toString("hex").slice(0, 5);
  const [last = 0] = randomBytes(1);
  return {
    id: randomUUID(),
    spec,
    created_at: at.toISOString(),
    updated_at: at.toISOString(),
    default_ingress: `https://${spec.name}-${suffix}.ondigitalocean.app`,
    encryption_key: newEncryptionKey(),
    // TEST-NET-3 of RFC 5737: an address that nobody has.
    egress_address: `203.0.113.${last}`,
    deployments: [],
    instances: [],
    alerts: [],
    domains: [],
  };
}

/** A specification checked, completed and with its secrets encrypted. */
function acceptSpec(store: Store, app: App, submitted: AppSpec): AppSpec {
  checkSpec(store, app, submitted);
  return sealSpec(app.encryption_key, completeSpec(submitted));
}

function applySpec(store: Store, app: App, spec: AppSpec, at: Date): void {
  app.spec = spec;
  app.updated_at = at.toISOString();
  syncAlerts(store, app);
  syncDomains(store, app, at);
}

/**
 * Creates an app and begins its first deployment.
 *
 * @throws ApiError as {@link checkSpec} does.
 */
export function createApp(
  store: Store,
  submitted: AppSpec,
  projectId: string | undefined,
  at: Date,
): App {
  const app = newApp(submitted, at);
  const spec = acceptSpec(store, app, submitted);
  assignToProject(store, `do:app:${app.id}`, projectId, at);
  store.apps.push(app);
  applySpec(store, app, spec, at);
  createDeployment(store, app, { cause: "initial deployment" }, at);
  return app;
}

/**
 * Replaces an app's whole specification and begins a deployment of it. The specification is the app's from now on,
 * whatever becomes of the deployment; what runs is changed only by one that succeeds.
 *
 * @param updateAllSourceVersions looks tags up again; without it a moved tag is not picked up.
 * @throws ApiError 409 while the app is pinned, otherwise as {@link checkSpec} does.
 */
export function updateApp(
  store: Store,
  app: App,
  submitted: AppSpec,
  { updateAllSourceVersions, at }: { readonly updateAllSourceVersions: boolean; readonly at: Date },
): App {
  mustNotBePinned(app);
  applySpec(store, app, acceptSpec(store, app, submitted), at);
  const request = { cause: "app spec updated", pullAgain: updateAllSourceVersions };
  createDeployment(store, app, request, at);
  return app;
}

/** Deletes an app: its containers, its alerts and the DNS records that the platform made for it. */
export function deleteApp(store: Store, app: App): void {
  removeDomains(store, app);
  store.apps.splice(store.apps.indexOf(app), 1);
  unassign(store, `do:app:${app.id}`);
}

/** What a specification costs a month in US dollars: its components at their fewest instances. Jobs cost what they run. */
function monthlyCost(spec: AppSpec): number {
  return runningComponents(spec)
    .filter(({ kind }) => kind !== "job")
    .reduce((sum, { spec: component }) => {
      const price = Number(instanceSize(component.instance_size_slug)?.usd_per_month ?? 0);
      return sum + price * instanceCount(component);
    }, 0);
}

/**
 * Checks a specification without creating anything.
 *
 * @param existing the app that it would update, if any.
 */
export function proposeApp(store: Store, spec: AppSpec, existing: App | undefined, at: Date) {
  const taken = store.apps.some((app) => app !== existing && app.spec.name === spec.name);
  const app = existing ?? newApp(spec, at);
  if (!taken) acceptSpec(store, app, spec);
  return {
    app_name_available: !taken,
    ...(taken ? { app_name_suggestion: `${spec.name.slice(0, 30)}-2` } : {}),
    existing_static_apps: "0",
    max_free_static_apps: "3",
    spec: completeSpec(spec),
    app_cost: monthlyCost(spec),
  };
}

function describeDomain({ id, spec, phase, progress, certificate_expires_at }: AppDomain) {
  return {
    id,
    spec,
    phase,
    progress: { steps: progress },
    rotate_validation_records: false,
    ...(certificate_expires_at === undefined ? {} : { certificate_expires_at }),
  };
}

/** Host under which an app is live: its primary domain once that works, the platform's own until then. */
function liveHost({ domains, default_ingress: ingress }: App): string {
  const live = domains.filter(({ phase }) => phase === "ACTIVE");
  const primary = live.find(({ spec }) => spec.type === "PRIMARY") ?? live[0];
  return primary?.spec.domain ?? new URL(ingress).host;
}

/** An app as the API shows it. */
export function describeApp(store: Store, app: App) {
  const byId = (id: string | undefined) => app.deployments.find((one) => one.id === id);
  const show = (name: string, deployment: Deployment | undefined) =>
    deployment ? { [name]: describeDeployment(deployment) } : {};
  const unfinished = app.deployments.find(isUnfinished);
  const queued = unfinished?.stage === "queued";
  const active = byId(app.active_deployment);
  const address = vpcEgressAddress(store, app.spec);
  const region = appRegions.find(({ slug }) => slug === app.spec.region);
  return {
    id: app.id,
    owner_uuid: store.account.uuid,
    spec: app.spec,
    default_ingress: app.default_ingress,
    created_at: app.created_at,
    updated_at: app.updated_at,
    ...show("active_deployment", active),
    ...show(queued ? "pending_deployment" : "in_progress_deployment", unfinished),
    ...show("pinned_deployment", byId(app.pinned_deployment)),
    last_deployment_created_at: app.deployments.at(-1)?.created_at,
    ...(active ? { last_deployment_active_at: active.phase_last_updated_at } : {}),
    live_url: `https://${liveHost(app)}`,
    live_url_base: `https://${liveHost(app)}`,
    live_domain: liveHost(app),
    region: region && {
      slug: region.slug,
      label: region.label,
      flag: region.flag,
      continent: region.continent,
      data_centers: region.data_centers,
    },
    tier_slug: "professional",
    project_id: projectOf(store, `do:app:${app.id}`),
    domains: app.domains.map(describeDomain),
    dedicated_ips: [],
    ...(address === undefined
      ? {}
      : { vpc: { id: app.spec.vpc?.id, egress_ips: [{ ip: address }] } }),
  };
}
