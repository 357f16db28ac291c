import { join } from "node:path";

import { type Balancer, startBalancer } from "../../../programs/balancer.ts";
import { type NetworkTable, writeTable } from "../../../programs/network/table.ts";

/** Where a component's containers are reached now, given its name and one of its ports. */
export type FindPorts = (component: string, port: number) => readonly number[];

/** The network inside an app: the names of its components, and the private hosts of databases. */
export class AppNetwork {
  /** The table that the app's programs find names in. */
  readonly file: string;
  readonly #find: FindPorts;
  readonly #balancers = new Map<string, Balancer>();
  #written = "";
  #growing: Promise<void> = Promise.resolve();

  constructor(directory: string, id: string, find: FindPorts) {
    this.file = join(directory, `network-${id}.json`);
    this.#find = find;
  }

  /** Makes a component's ports reachable by its name, and the private hosts as they are now. */
  async include(
    components: readonly { readonly name: string; readonly ports: readonly number[] }[],
    privateAddresses: Readonly<Record<string, string>>,
  ): Promise<void> {
    this.#growing = this.#growing.then(() => this.#add(components));
    await this.#growing;
    this.update(privateAddresses);
  }

  /** Brings the private hosts up to date. */
  update(privateAddresses: Readonly<Record<string, string>>): void {
    const own = [...this.#balancers].map(([name, { address }]) => [name, address] as const);
    const table: NetworkTable = {
      addresses: { ...Object.fromEntries(own), ...privateAddresses },
      fromOwnAddress: Object.keys(privateAddresses),
    };
    const written = JSON.stringify(table);
    if (written === this.#written) return;
    writeTable(this.file, table);
    this.#written = written;
  }

  /** Closes the components' names. */
  async close(): Promise<void> {
    await this.#growing;
    await Promise.all([...this.#balancers.values()].map((one) => one.close()));
  }

  async #add(components: readonly { readonly name: string; readonly ports: readonly number[] }[]) {
    for (const { name, ports } of components) {
      for (const port of ports) {
        const key = `${name}:${port}`;
        if (this.#balancers.has(key)) continue;
        this.#balancers.set(key, await startBalancer(() => this.#find(name, port)));
      }
    }
  }
}
