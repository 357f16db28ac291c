import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { configuredClusters } from "../platform/clusters.ts";
import type { ObservedCluster } from "../platform/observed-data.ts";

type Cluster = ObservedCluster["cluster"];

/** How a cluster is. */
export interface DatabaseStatus {
  readonly name: string;
  /** The platform's word; undefined for a cluster that does not exist. */
  readonly status: string | undefined;
  readonly engine: string;
  readonly version: string;
  readonly nodes: number | undefined;
  readonly size: string | undefined;
  /** Disk of a node; undefined where the platform does not say. */
  readonly diskGib: number | undefined;
}

/** The clusters as they were found, by what they are for. */
type FoundClusters = Readonly<
  Partial<Record<"postgres" | "valkey", { readonly cluster: Cluster } | undefined>>
>;

/** Both clusters of an environment. */
export function databaseStatuses(
  config: EnvironmentConfig,
  observed: FoundClusters,
): DatabaseStatus[] {
  return configuredClusters(config).map(({ key, name, ...configured }) => {
    const { status, engine, version, num_nodes, size, storage_size_mib }: Partial<Cluster> =
      observed[key]?.cluster ?? {};
    return {
      name,
      status: known(status),
      engine: engine ?? configured.engine,
      version: version ?? configured.version,
      nodes: known(num_nodes),
      size: known(size),
      diskGib: storage_size_mib ? Math.round(storage_size_mib / 1024) : undefined,
    };
  });
}

/** The API writes null for what it does not know. */
function known<T>(value: T | null | undefined): T | undefined {
  return value ?? undefined;
}
