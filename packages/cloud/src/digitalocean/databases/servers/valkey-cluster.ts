import { adminUser } from "../model.ts";
import type { DatabaseCluster } from "../model.ts";
import type { ClusterServers, MeasurableServer } from "./cluster-servers.ts";
import type { Target } from "./door.ts";
import type { DatabaseEngines, ValkeyServer } from "./engines.ts";
import { valkeySettings } from "./settings.ts";

const passwordOf = ({ users, engine }: DatabaseCluster) =>
  users.find(({ name }) => name === adminUser(engine))?.password ?? "";

/** A Valkey server with the password and settings of a cluster. */
export class ValkeyCluster implements ClusterServers {
  readonly speaksTls = false;
  readonly #server: ValkeyServer;
  #password: string;
  #settings = "";

  private constructor(server: ValkeyServer, password: string) {
    this.#server = server;
    this.#password = password;
  }

  /** Starts the server of a cluster. */
  static async start(engines: DatabaseEngines, cluster: DatabaseCluster): Promise<ValkeyCluster> {
    const settings = valkeySettings(cluster);
    const password = passwordOf(cluster);
    const { maxmemory, "maxmemory-policy": policy } = settings;
    const started = { password, maxmemory: Number(maxmemory), policy };
    return new ValkeyCluster(await engines.startValkey(started), password);
  }

  /** Brings password and settings to what the account says. */
  async converge(cluster: DatabaseCluster): Promise<void> {
    const password = passwordOf(cluster);
    if (password !== this.#password) await this.#server.setPassword(password);
    this.#password = password;
    const settings = valkeySettings(cluster);
    const told = JSON.stringify(settings);
    if (told !== this.#settings) await this.#server.configure(settings);
    this.#settings = told;
  }

  /** The server, by its process. */
  get measurable(): MeasurableServer {
    return { pid: () => this.#server.pid() };
  }

  /** @throws Error always: its keys live as long as its process does, and there is nothing to start again. */
  kill(): Promise<never> {
    return Promise.reject(new Error("A Valkey that is killed has lost its keys: end its cluster."));
  }

  /** The server's socket. */
  target(): Target {
    return { path: this.#server.path };
  }

  /** Ends it; the keys are gone. */
  close(): Promise<void> {
    return this.#server.close();
  }
}
