import { createCertificateAuthority } from "../../../internet/certificate-authority.ts";
import type { DatabaseAuthorities } from "../certificate-authority.ts";
import type { Clock } from "../../../clock.ts";
import type { Store } from "../../store.ts";
import type { MeasurableServer } from "./cluster-servers.ts";
import { DatabaseServers } from "./database-servers.ts";
import type { DatabaseEngines } from "./engines.ts";

/** Databases that answer. */
export interface RunningDatabases {
  /** `host:port` of the clusters' private hosts, and the `address:port` of this machine that stands for each now. */
  privateAddresses(): Readonly<Record<string, string>>;
  /** The same for their public hosts. */
  publicAddresses(): Readonly<Record<string, string>>;
  /** How to measure the servers of a cluster; undefined while it has none. */
  measurable(id: string): MeasurableServer | undefined;
  /**
   * Kills the server of a cluster without a warning, as a node does that fails. The cluster is away until the returned
   * function is called, and has its data then.
   *
   * @throws Error when it has no server, or one that keeps no data.
   */
  kill(id: string): Promise<() => Promise<void>>;
  /** Certificates of the authorities that sign the clusters' certificates. */
  readonly authorities: DatabaseAuthorities;
  /** What differs from the platform because this machine lacks something, for a person. */
  readonly notes: readonly string[];
  /** Brings the servers to what the store says, for whoever changes it past the API. */
  converge(): Promise<void>;
}

/** The same, as the account's own server has them. */
interface Databases extends RunningDatabases {
  /** Says whose databases they are; before that there are none. */
  serve(store: Store, clock: Clock): void;
  /** Ends all servers; their data are gone. */
  close(): Promise<void>;
}

/** Makes what runs the databases of an account, with authorities of its own. */
export async function runningDatabases(engines: DatabaseEngines): Promise<Databases> {
  const [postgres, valkey] = await Promise.all([
    createCertificateAuthority("Rehearsal Project CA"),
    createCertificateAuthority("Rehearsal Public CA"),
  ]);
  let servers: DatabaseServers | undefined;
  return {
    privateAddresses: () => servers?.addresses("private") ?? {},
    publicAddresses: () => servers?.addresses("public") ?? {},
    measurable: (id) => servers?.measurable(id),
    kill: async (id) => {
      if (!servers) throw new Error("No database runs.");
      return servers.kill(id);
    },
    authorities: { postgres: postgres.certificate, valkey: valkey.certificate },
    notes: engines.notes,
    converge: async () => {
      await servers?.converge();
    },
    serve: (store, clock) => {
      servers = new DatabaseServers({ store, clock }, engines, { postgres, valkey });
    },
    close: async () => {
      await servers?.close();
    },
  };
}
