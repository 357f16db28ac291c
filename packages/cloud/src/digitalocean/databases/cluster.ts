import { randomUUID } from "node:crypto";

import { secondsOf } from "../../durations.ts";
import type { DurationName } from "../../durations.ts";
import { notFound, preconditionFailed, unprocessable } from "../api/errors.ts";
import { assignToProject } from "../projects/assignments.ts";
import { scheduleAfter } from "../schedule.ts";
import type { Store } from "../store.ts";
import { tagResource } from "../tags/tag.ts";
import { defaultVpc, findVpc } from "../vpcs/vpc.ts";
import { isRestorable } from "./backups.ts";
import { newRules } from "./firewall.ts";
import type { RequestedRule } from "./firewall.ts";
import { adminUser, isPostgres } from "./model.ts";
import type { DatabaseCluster, Engine } from "./model.ts";
import { generatePassword } from "./passwords.ts";
import { defaultStorageMib } from "./plan.ts";
import { refusalOf, standardLimitDates } from "./refusals.ts";

/** What a new cluster is asked to be. */
export interface ClusterRequest {
  readonly name: string;
  readonly engine: Engine;
  readonly version: string;
  readonly size: string;
  readonly num_nodes: number;
  readonly region: string;
  readonly private_network_uuid?: string;
  readonly project_id?: string;
  readonly tags?: readonly string[] | null;
  readonly rules?: readonly RequestedRule[] | null;
  readonly storage_size_mib?: number;
  readonly backup_restore?: {
    readonly database_name: string;
    readonly backup_created_at?: string;
  };
}

/** Finds a cluster. @throws ApiError 404. */
export function findCluster({ databases }: Store, id: string): DatabaseCluster {
  const cluster = databases.find((one) => one.id === id);
  if (!cluster) throw notFound("cluster not found");
  return cluster;
}

/**
 * Finds a cluster that takes orders.
 *
 * @throws ApiError 404, or 412 while the cluster is being created.
 */
export function findReadyCluster(store: Store, id: string): DatabaseCluster {
  const cluster = findCluster(store, id);
  if (cluster.status === "creating" || cluster.status === "forking" || cluster.destroying) {
    throw preconditionFailed(`cluster ${cluster.name} is not online`);
  }
  return cluster;
}

function networkOf(store: Store, request: ClusterRequest, at: Date): string {
  const { private_network_uuid: asked, region } = request;
  if (!asked) return defaultVpc(store, region, at).id;
  const vpc = findVpc(store, asked);
  if (vpc.region !== region) {
    throw unprocessable(`VPC ${vpc.name} is in ${vpc.region}, the cluster in ${region}`);
  }
  return vpc.id;
}

function sourceOf(store: Store, request: ClusterRequest, at: Date): DatabaseCluster | undefined {
  if (!request.backup_restore) return undefined;
  const { database_name: name, backup_created_at: time } = request.backup_restore;
  const source = store.databases.find((cluster) => cluster.name === name);
  if (source?.engine !== request.engine) {
    throw unprocessable(`there is no ${request.engine} cluster ${name} to restore`);
  }
  if (!isRestorable(source, time, at)) {
    throw unprocessable(`cluster ${name} has no backup of ${time ?? "any time"}`);
  }
  return source;
}

const createDuration: Record<Engine, DurationName> = {
  pg: "database-create-pg",
  advanced_pg: "database-create-advanced_pg",
  valkey: "database-create-valkey",
  opensearch: "database-create-opensearch",
};

/**
 * Begins to create a cluster. It is `creating` (or `forking`, from a backup) until its nodes run, open to every
 * address unless the request brought rules, and placed into the region's default network unless one was named.
 *
 * @throws ApiError 422 when the name is taken, the shape is not sold, or the network or backup does not fit.
 */
export function createCluster(store: Store, request: ClusterRequest, at: Date): DatabaseCluster {
  if (store.databases.some(({ name }) => name === request.name)) {
    throw unprocessable(`cluster name ${request.name} is not available`);
  }
  const limit = store.account.hadDatabases
    ? standardLimitDates.everybody
    : standardLimitDates.newCustomers;
  const refusal = refusalOf(store, request, at, limit);
  if (refusal) throw refusal;
  const source = sourceOf(store, request, at);
  const cluster = newCluster(request, networkOf(store, request, at), source, at);
  cluster.rules = newRules(store, cluster, request.rules ?? [], at);
  assignToProject(store, `do:dbaas:${cluster.id}`, request.project_id, at);
  store.databases.push(cluster);
  (request.tags ?? []).forEach((tag) => {
    tagResource(store, tag, cluster.id);
  });
  const nodes = secondsOf("database-standby") * (cluster.num_nodes - 1);
  const seconds = nodes + secondsOf(source ? "database-restore" : createDuration[cluster.engine]);
  scheduleAfter(store.schedule, at, seconds, { kind: "database-ready", database: cluster.id });
  return cluster;
}

function newCluster(
  request: ClusterRequest,
  network: string,
  source: DatabaseCluster | undefined,
  at: Date,
): DatabaseCluster {
  const { name, engine, version, size, num_nodes, region, tags } = request;
  return {
    id: randomUUID(),
    name,
    engine,
    version,
    size,
    num_nodes,
    region,
    status: source ? "forking" : "creating",
    ...(source ? { restored_from: source.id, ...pointOf(request) } : {}),
    destroying: false,
    created_at: at.toISOString(),
    private_network_uuid: network,
    storage_size_mib: request.storage_size_mib ?? defaultStorageMib(size),
    tags: [...(tags ?? [])],
    maintenance_window: { day: "sunday", hour: "02:00:00" },
    users: source
      ? source.users.map((user) => ({ ...user, password: generatePassword() }))
      : [{ name: adminUser(engine), role: "primary", password: generatePassword() }],
    dbs: source ? [...source.dbs] : isPostgres(engine) ? ["defaultdb"] : [],
    pools: [],
    rules: [],
    config: {},
    eviction_policy: "noeviction",
    logsinks: [],
    autoscale: { enabled: false },
  };
}

function pointOf({
  backup_restore: { backup_created_at: time } = { database_name: "" },
}: ClusterRequest) {
  return time === undefined ? {} : { restored_at: time };
}

/**
 * Begins to destroy a cluster. It stays in its network until its nodes are gone, which is why a VPC cannot be deleted
 * right after its databases.
 */
export function destroyCluster(store: Store, cluster: DatabaseCluster, at: Date): void {
  if (cluster.destroying) return;
  cluster.destroying = true;
  const event = { kind: "database-destroyed", database: cluster.id } as const;
  scheduleAfter(store.schedule, at, secondsOf("database-destroy"), event);
}
