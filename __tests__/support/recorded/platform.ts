import { environmentContract } from "../../../constructs/app/contract.ts";
import type { Environment } from "../../../environments/loading/load.ts";
import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import type { PlatformDeployment } from "../../../operations/platform/deployments.ts";
import type { RunningApp } from "../../../operations/platform/running-app.ts";
import type { ObservedCluster } from "../../../operations/platform/observed-data.ts";
import type { ObservedState } from "../../../operations/platform/observed-state.ts";
import { anAgreeingState } from "../observed-state.ts";
import type { Answers } from "./digitalocean.ts";

/** DigitalOcean as it stands. A test changes what it is about; the next answer says so. */
export interface RecordedPlatform {
  observed: ObservedState;
  /** The app's deployments, the newest first. */
  deployments: PlatformDeployment[];
  /** What is answered besides, or instead. */
  answers: Answers;
}

/** What stands of an environment that was deployed: an app and storage keys have ids as the platforms give them. */
export function anObservedState(environment: Environment): ObservedState {
  const { app, members, ...observed } = anAgreeingState(environment);
  const id = "3d3f0c5e-9a55-4c0e-8a53-4a1d5a1c7b11";
  const spec = withKeyIds(app!.spec);
  const active = { ...app!.active_deployment!, spec };
  return {
    ...observed,
    members: members.map((urn) => urn.replace("do:app:app", `do:app:${id}`)),
    app: { ...app!, id, spec, active_deployment: active },
  };
}

const keyIds = new Set(
  environmentContract.flatMap(({ source }) => (source.kind === "storage-key" ? [source.id] : [])),
);

/** A spec whose storage keys are named as Wasabi names them, and not by their roles. */
function withKeyIds(spec: AppSpec): AppSpec {
  return JSON.parse(JSON.stringify(spec), (_, value: unknown) => {
    const { key, value: role } = Object(value) as {
      readonly key?: string;
      readonly value?: string;
    };
    if (key === undefined || role === undefined || !keyIds.has(key)) return value;
    return { ...(value as object), value: role.toUpperCase().replace(/\W/g, "").padEnd(20, "0") };
  }) as AppSpec;
}

/** A platform on which an environment was deployed, and everything is as configured. */
export function aPlatform(environment: Environment): RecordedPlatform {
  const observed = anObservedState(environment);
  return { observed, deployments: [observed.app!.active_deployment!], answers: {} };
}

/** A platform on which nothing was deployed yet. */
export function anEmptyPlatform(environment: Environment): RecordedPlatform {
  const standing = ["postgres", "valkey", "app"];
  const observed = Object.fromEntries(
    Object.entries(anObservedState(environment)).filter(([name]) => !standing.includes(name)),
  ) as ReturnType<typeof anObservedState>;
  const nothing = { members: [], appAlerts: [], policies: [], checks: [], records: [] };
  return { observed: { ...observed, ...nothing }, deployments: [], answers: {} };
}

/** The app that a platform has. */
function appOf({ observed }: RecordedPlatform): RunningApp {
  if (!observed.app) throw new Error("there is no app");
  return observed.app;
}

/** Changes the app of a platform. */
export function changeApp(platform: RecordedPlatform, change: Partial<RunningApp>): void {
  platform.observed = { ...platform.observed, app: { ...appOf(platform), ...change } };
}

/** What becomes of the app when a deployment of an environment goes well. */
export function succeed(platform: RecordedPlatform, environment: Environment, id: string): void {
  const { app } = anObservedState(environment);
  const made = { ...app!.active_deployment!, id };
  platform.observed = { ...platform.observed, app: { ...app!, active_deployment: made } };
  platform.deployments = [made, ...platform.deployments];
}

/** What becomes of it when the deployment fails: what ran before goes on, under the new specification. */
export function fail(
  platform: RecordedPlatform,
  environment: Environment,
  deployment: Partial<PlatformDeployment> & { readonly id: string },
): void {
  const { spec } = anObservedState(environment).app!;
  changeApp(platform, { spec });
  platform.deployments = [{ phase: "ERROR", spec, ...deployment }, ...platform.deployments];
}

/** Everything that reading a platform is answered with. */
export function answersOf({ observed, deployments, answers }: RecordedPlatform): Answers {
  const clusters = [observed.postgres, observed.valkey].filter((one) => one !== undefined);
  return {
    ...appAnswers(observed, deployments),
    ...databaseAnswers(clusters),
    listVpcs: () => ({ vpcs: observed.vpc ? [observed.vpc] : [] }),
    listProjects: () => ({ projects: observed.project ? [observed.project] : [] }),
    listProjectResources: () => ({
      resources: observed.members.map((urn) => ({ urn, assigned_at: "", status: "ok" })),
    }),
    listAlertPolicies: () => ({ policies: [...observed.policies] }),
    listUptimeChecks: () => ({ checks: observed.checks.map(({ check }) => check) }),
    listUptimeAlerts: ({ of: { check_id } }) => ({
      alerts: [...(observed.checks.find(({ check }) => check.id === check_id)?.alerts ?? [])],
    }),
    listRecords: () => ({ domain_records: [...observed.records] }),
    ...answers,
  };
}

function appAnswers({ app, appAlerts }: ObservedState, deployments: PlatformDeployment[]): Answers {
  return {
    listApps: () => ({ apps: app ? [app] : [] }),
    listDeployments: () => ({ deployments }),
    listAppAlerts: () => ({ alerts: [...appAlerts] }),
  };
}

function databaseAnswers(clusters: readonly ObservedCluster[]): Answers {
  const found = (id: unknown) => {
    const cluster = clusters.find((one) => one.cluster.id === id);
    if (!cluster) throw new Error(`there is no cluster ${String(id)}`);
    return cluster;
  };
  return {
    listDatabases: () => ({ databases: clusters.map(({ cluster }) => cluster) }),
    getDatabaseFirewall: ({ of }) => ({ rules: [...found(of.cluster_id).trustedSources] }),
    getDatabaseConfig: ({ of }) => ({ config: found(of.cluster_id).settings }),
    listLogsinks: ({ of }) => ({ sinks: [...found(of.cluster_id).sinks] }),
    getEvictionPolicy: ({ of }) => ({ eviction_policy: found(of.cluster_id).evictionPolicy ?? "" }),
    listDatabaseDbs: ({ of }) => ({
      dbs: found(of.cluster_id).databases.map((name) => ({ name })),
    }),
    listDatabaseUsers: ({ of }) => ({ users: [...found(of.cluster_id).users] }),
    listConnectionPools: ({ of }) => ({ pools: [...found(of.cluster_id).pools] }),
    listDatabaseBackups: () => ({
      backups: [{ created_at: new Date().toISOString(), size_gigabytes: 1 }],
    }),
  };
}
