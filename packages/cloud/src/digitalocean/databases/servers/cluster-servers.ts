import type { DatabaseCluster } from "../model.ts";
import type { Target } from "./door.ts";

/** What a cluster's servers are started with. */
export interface ClusterCredentials {
  /** For every host name of the cluster, in PEM. */
  readonly certificate: string;
  readonly key: string;
}

/** The servers of a cluster. */
export interface ClusterServers {
  /** Brings them to what the account says of the cluster. */
  converge(cluster: DatabaseCluster): Promise<void>;
  /** What answers at one of the cluster's ports; undefined for a port that nothing answers at yet. */
  target(port: number): Target | undefined;
  /** Whether TLS ends at the server itself. */
  readonly speaksTls: boolean;
  close(): Promise<void>;
}
