import { secondsOf } from "../../durations.ts";
import { unprocessable } from "../api/errors.ts";
import { unassign } from "../projects/assignments.ts";
import { scheduleAfter } from "../schedule.ts";
import type { PlatformEvent } from "../schedule.ts";
import type { Store } from "../store.ts";
import { defaultVpc, findVpc } from "../vpcs/vpc.ts";
import type { DatabaseCluster } from "./model.ts";
import { offeredOptions } from "./options.ts";
import { nodePlan } from "./plan.ts";
import { refusalOf } from "./refusals.ts";

const never = new Date(8_640_000_000_000_000);

function mustBeIdle({ status, name, upgrading_to: upgrade }: DatabaseCluster): void {
  if (status !== "online" || upgrade !== undefined) {
    throw unprocessable(`cluster ${name} is busy; wait until it is online`);
  }
}

/** A cluster's new size. */
export interface Resize {
  readonly size: string;
  readonly num_nodes: number;
  readonly storage_size_mib?: number;
}

/**
 * Begins a resize: new nodes are added and the old ones leave, so the cluster keeps serving.
 *
 * @throws ApiError 422 when the size is not sold, smaller than the present one, or the cluster is busy. Sizes cannot
 * shrink: docs.digitalocean.com/products/databases/postgresql/details/limits.
 */
export function resizeCluster(
  store: Store,
  cluster: DatabaseCluster,
  resize: Resize,
  at: Date,
): void {
  mustBeIdle(cluster);
  const [offered] = offeredOptions(store, cluster.engine).versions.toReversed();
  // A cluster that exists keeps its version, and the limits of new Standard clusters do not reach it.
  const shape = { ...cluster, ...resize, version: offered?.version ?? cluster.version };
  const refusal = refusalOf(store, shape, at, never);
  if (refusal) throw refusal;
  const memory = (size: string) => nodePlan(size)?.memoryGib ?? 0;
  const storage = resize.storage_size_mib ?? cluster.storage_size_mib;
  if (memory(resize.size) < memory(cluster.size) || storage < cluster.storage_size_mib) {
    throw unprocessable("a cluster cannot be made smaller");
  }
  cluster.status = "resizing";
  const { size, num_nodes } = resize;
  scheduleAfter(store.schedule, at, secondsOf("database-resize"), {
    kind: "database-resized",
    database: cluster.id,
    size,
    num_nodes,
    storage_size_mib: storage,
  });
}

/** Where a cluster moves to. */
export interface Move {
  readonly region: string;
  /** Network of the new region; empty or absent is its default one. */
  readonly private_network_uuid?: string;
}

/**
 * Begins a move to another region, or to another network.
 *
 * @throws ApiError 422 when the engine is not sold there, the network is of another region, or the cluster is busy.
 */
export function migrateCluster(
  store: Store,
  cluster: DatabaseCluster,
  { region, private_network_uuid: asked = "" }: Move,
  at: Date,
): void {
  mustBeIdle(cluster);
  if (!offeredOptions(store, cluster.engine).regions.includes(region)) {
    throw unprocessable(`region ${region} is not available for ${cluster.engine}`);
  }
  const network = asked === "" ? defaultVpc(store, region, at) : findVpc(store, asked);
  if (network.region !== region) {
    throw unprocessable(`VPC ${network.id} is in ${network.region}, not in ${region}`);
  }
  cluster.status = "migrating";
  const event = {
    kind: "database-migrated",
    database: cluster.id,
    region,
    private_network_uuid: network.id,
  } as const;
  scheduleAfter(store.schedule, at, secondsOf("database-migrate"), event);
}

/**
 * Begins a major upgrade. The call returns at once and the cluster shows its old version until the upgrade is done, so
 * a plan made meanwhile proposes it again.
 *
 * @throws ApiError 422 when the version is not a later one that is offered, or the cluster is busy.
 */
export function upgradeCluster(
  store: Store,
  cluster: DatabaseCluster,
  version: string,
  at: Date,
): void {
  mustBeIdle(cluster);
  const versions = offeredOptions(store, cluster.engine).versions.map((one) => one.version);
  if (versions.indexOf(version) <= versions.indexOf(cluster.version)) {
    throw unprocessable(`cannot upgrade from version ${cluster.version} to ${version}`);
  }
  cluster.upgrading_to = version;
  const event = { kind: "database-upgraded", database: cluster.id, version } as const;
  scheduleAfter(store.schedule, at, secondsOf("database-upgrade"), event);
}

type DatabaseEvent = Extract<PlatformEvent, { readonly database: string }>;

const effects: {
  readonly [Kind in DatabaseEvent["kind"]]: (
    cluster: DatabaseCluster,
    event: Extract<DatabaseEvent, { readonly kind: Kind }>,
    store: Store,
  ) => void;
} = {
  "database-ready": (cluster) => {
    cluster.status = "online";
  },
  "database-resized": (cluster, { size, num_nodes, storage_size_mib }) => {
    Object.assign(cluster, { size, num_nodes, storage_size_mib, status: "online" });
  },
  "database-migrated": (cluster, { region, private_network_uuid }) => {
    Object.assign(cluster, { region, private_network_uuid, status: "online" });
  },
  "database-upgraded": (cluster, { version }) => {
    cluster.version = version;
    delete cluster.upgrading_to;
  },
  "database-destroyed": (cluster, _event, store) => {
    store.databases.splice(store.databases.indexOf(cluster), 1);
    unassign(store, `do:dbaas:${cluster.id}`);
  },
};

/** Plays what the platform does to a cluster by itself; nothing when the cluster is gone. */
export function playDatabaseEvent<Event extends DatabaseEvent>(store: Store, event: Event): void {
  const cluster = store.databases.find(({ id }) => id === event.database);
  if (!cluster) return;
  // The table's row for a kind takes exactly the events of that kind.
  const effect = effects[event.kind] as (
    cluster: DatabaseCluster,
    event: DatabaseEvent,
    store: Store,
  ) => void;
  effect(cluster, event, store);
}
