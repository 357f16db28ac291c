import { createSecureContext } from "node:tls";

import type { Store } from "../../store.ts";
import { type HostKind, hostOf, portOf, ports } from "../connections.ts";
import { admits } from "../firewall.ts";
import { isPostgres } from "../model.ts";
import type { DatabaseCluster } from "../model.ts";
import {
  loopbackOf,
  networkRange,
  nodeAddress,
  sourceInNetwork,
  visitorAddress,
} from "./addresses.ts";
import type { ClusterCredentials, ClusterServers } from "./cluster-servers.ts";
import { type Door, openDoor } from "./door.ts";

/** Whether a way in leads from the cluster's network or from the internet. */
export type Side = "private" | "public";

/** Host names of a cluster by side. Those of a standby lead to the one server that there is. */
const hostKinds: Readonly<Record<Side, readonly HostKind[]>> = {
  private: ["private", "standby-private"],
  public: ["public", "standby"],
};

const portsOf = ({ engine }: DatabaseCluster) =>
  isPostgres(engine) ? [ports.database, ports.pool] : [portOf(engine)];

/** The ways in to a cluster's servers, each judged by the trusted sources that the cluster has at that moment. */
export class ClusterDoors {
  readonly #store: Store;
  readonly #cluster: DatabaseCluster;
  readonly #servers: ClusterServers;
  readonly #secure: ReturnType<typeof createSecureContext> | undefined;
  /** Which of its network's clusters it is, from 0. */
  readonly #place: number;
  readonly #doors = new Map<string, Door>();
  #network = "";

  constructor(
    store: Store,
    cluster: DatabaseCluster,
    servers: ClusterServers,
    {
      credentials: { certificate: cert, key },
      place,
    }: { credentials: ClusterCredentials; place: number },
  ) {
    this.#store = store;
    this.#cluster = cluster;
    this.#servers = servers;
    this.#secure = servers.speaksTls ? undefined : createSecureContext({ cert, key });
    this.#place = place;
  }

  /** Opens them, or moves the private ones when the cluster has come into another network. */
  async converge(): Promise<void> {
    const network = networkRange(this.#store, this.#cluster);
    if (network === this.#network) return;
    await this.#closeSide("private");
    this.#network = network;
    for (const port of portsOf(this.#cluster)) {
      await this.#open("private", port, loopbackOf(nodeAddress(network, this.#place)));
      await this.#open("public", port, "127.0.0.1");
    }
  }

  /** `host:port` of the cluster's names on a side, and the address of this machine that stands for each. */
  addresses(side: Side): [string, string][] {
    return [...this.#doors].flatMap(([key, { address, port }]) => {
      const [ofSide, own] = key.split(":");
      if (ofSide !== side) return [];
      return hostKinds[side].map((kind): [string, string] => [
        `${hostOf(this.#cluster, kind)}:${own}`,
        `${address}:${port}`,
      ]);
    });
  }

  /** Closes all of them; who came in is hung up on. */
  async close(): Promise<void> {
    await this.#closeSide("private");
    await this.#closeSide("public");
  }

  async #open(side: Side, port: number, address: string): Promise<void> {
    if (this.#doors.has(`${side}:${port}`)) return;
    const door = await openDoor({
      address,
      admits: (remote) => this.#admits(side, remote),
      target: () => this.#servers.target(port),
      ...(this.#secure ? { secure: this.#secure } : {}),
    });
    this.#doors.set(`${side}:${port}`, door);
  }

  #admits(side: Side, remote: string): boolean {
    if (side === "public") return admits(this.#cluster, { address: visitorAddress });
    const address = sourceInNetwork(this.#network, remote);
    return address !== undefined && admits(this.#cluster, { address });
  }

  async #closeSide(side: Side): Promise<void> {
    const closing = [...this.#doors].filter(([key]) => key.startsWith(`${side}:`));
    for (const [key] of closing) this.#doors.delete(key);
    await Promise.all(closing.map(([, door]) => door.close()));
  }
}
