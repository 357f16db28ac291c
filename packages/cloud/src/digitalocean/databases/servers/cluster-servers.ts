import type { DatabaseCluster } from "../model.ts";
import type { Target } from "./door.ts";

/** What a cluster's servers are started with. */
export interface ClusterCredentials {
  /** For every host name of the cluster, in PEM. */
  readonly certificate: string;
  readonly key: string;
}

/** A server that can be measured. */
export interface MeasurableServer {
  /** Its first process. */
  pid(): Promise<number>;
  /** Runs SQL as its superuser; undefined where it knows no SQL. @param database default: the server's own. */
  readonly query?: (
    text: string,
    database?: string,
  ) => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** The servers of a cluster. */
export interface ClusterServers {
  /** Brings them to what the account says of the cluster. */
  converge(cluster: DatabaseCluster): Promise<void>;
  /** What answers at one of the cluster's ports; undefined for a port that nothing answers at yet. */
  target(port: number): Target | undefined;
  /** The server that its metrics are about. */
  readonly measurable: MeasurableServer;
  /** Kills the server without a warning. It is started again, with its data, when the returned function is called. */
  kill(): Promise<() => Promise<void>>;
  /** Whether TLS ends at the server itself. */
  readonly speaksTls: boolean;
  close(): Promise<void>;
}
