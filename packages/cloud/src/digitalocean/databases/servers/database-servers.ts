import type { CertificateAuthority } from "../../../internet/certificate-authority.ts";
import type { Clock } from "../../../clock.ts";
import type { Store } from "../../store.ts";
import { type HostKind, hostOf } from "../connections.ts";
import { isPostgres } from "../model.ts";
import type { DatabaseCluster } from "../model.ts";
import { ClusterDoors, type Side } from "./cluster-doors.ts";
import type { ClusterServers, MeasurableServer } from "./cluster-servers.ts";
import type { DatabaseEngines, PastServer } from "./engines.ts";
import { PostgresCluster } from "./postgres-cluster.ts";
import { ValkeyCluster } from "./valkey-cluster.ts";

/** Who signs the certificates of which clusters. */
interface Authorities {
  readonly postgres: CertificateAuthority;
  readonly valkey: CertificateAuthority;
}

/** A cluster that is real. */
interface RealCluster {
  readonly servers: ClusterServers;
  readonly doors: ClusterDoors;
}

const certificateDays = 365;
const otherHosts: readonly HostKind[] = ["private", "standby", "standby-private"];

/** Whether a cluster's nodes run: a fork has them from the beginning, because its data are those of that moment. */
const runs = ({ status, destroying, engine }: DatabaseCluster) =>
  !destroying && status !== "creating" && (isPostgres(engine) || engine === "valkey");

/**
 * The servers of an account's database clusters. What the account says is what they are brought to, each time that they are
 * told to converge: a new cluster gets its server, a user its role, a firewall is asked at each connection.
 */
export class DatabaseServers {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #engines: DatabaseEngines;
  readonly #authorities: Authorities;
  readonly #clusters = new Map<string, RealCluster>();
  /** Which of its network's clusters each is: what its address is made of. */
  readonly #places = new Map<string, number>();
  #last: Promise<void> = Promise.resolve();

  constructor(
    { store, clock }: { readonly store: Store; readonly clock: Clock },
    engines: DatabaseEngines,
    authorities: Authorities,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#engines = engines;
    this.#authorities = authorities;
  }

  /**
   * Brings all servers to what the account says now. One call follows the other.
   *
   * @throws what a server says that could not be brought there; the others were, and the next call tries again.
   */
  converge(): Promise<void> {
    const next = this.#last.then(() => this.#converge());
    // Who comes after a failure tries by itself.
    this.#last = next.catch(() => undefined);
    return next;
  }

  /**
   * `host:port` of the clusters' private or public names, and the address of this machine that stands for each. The private
   * ones take connections from addresses of their network only.
   */
  addresses(side: Side): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...this.#clusters.values()].flatMap(({ doors }) => doors.addresses(side)),
    );
  }

  /** How to measure the servers of a cluster; undefined while it has none. */
  measurable(id: string): MeasurableServer | undefined {
    return this.#clusters.get(id)?.servers.measurable;
  }

  /** Kills the server of a cluster, see {@link ClusterServers.kill}. @throws Error when it has none, or one without data. */
  kill(id: string): Promise<() => Promise<void>> {
    const servers = this.#clusters.get(id)?.servers;
    if (!servers) throw new Error(`Cluster ${id} has no server that runs.`);
    return servers.kill();
  }

  /** Ends all servers; their data are gone. */
  async close(): Promise<void> {
    await this.#last;
    await Promise.all([...this.#clusters.keys()].map((id) => this.#end(id)));
  }

  async #converge(): Promise<void> {
    const running = this.#store.databases.filter(runs);
    const gone = [...this.#clusters.keys()].filter((id) => !running.some((one) => one.id === id));
    const results = await Promise.allSettled([
      ...gone.map((id) => this.#end(id)),
      ...running.map((cluster) => this.#bring(cluster)),
    ]);
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  }

  async #bring(cluster: DatabaseCluster): Promise<void> {
    const { servers, doors } = this.#clusters.get(cluster.id) ?? (await this.#start(cluster));
    await servers.converge(cluster);
    await doors.converge();
  }

  async #start(cluster: DatabaseCluster): Promise<RealCluster> {
    const expires = new Date(Date.now() + certificateDays * 86_400_000);
    const others = otherHosts.map((kind) => hostOf(cluster, kind));
    const hosts = [hostOf(cluster, "public"), ...others] as const;
    const authority = this.#authorities[isPostgres(cluster.engine) ? "postgres" : "valkey"];
    const { cert: certificate, key } = await authority.issue(hosts, expires);
    const credentials = { certificate, key };
    const place = this.#placeOf(cluster.id);
    const servers = isPostgres(cluster.engine)
      ? await PostgresCluster.start(this.#engines, cluster, credentials, this.#sourceOf(cluster))
      : await ValkeyCluster.start(this.#engines, cluster);
    const doors = new ClusterDoors(this.#store, cluster, servers, { credentials, place });
    const real = { servers, doors };
    this.#clusters.set(cluster.id, real);
    return real;
  }

  /** The server whose data a restored cluster begins with, and the moment of this machine that they are of. */
  #sourceOf({ restored_from: source, restored_at: time }: DatabaseCluster): PastServer | undefined {
    if (source === undefined) return undefined;
    const servers = this.#clusters.get(source)?.servers;
    if (!(servers instanceof PostgresCluster)) return undefined;
    const { port, socketDirectory } = servers.server;
    if (time === undefined) return { port, socketDirectory };
    const ago = (this.#clock.now().getTime() - Date.parse(time)) / this.#clock.speed;
    return { port, socketDirectory, at: new Date(Date.now() - ago) };
  }

  #placeOf(id: string): number {
    const taken = new Set(this.#places.values());
    let place = this.#places.get(id) ?? 0;
    while (!this.#places.has(id) && taken.has(place)) place++;
    this.#places.set(id, place);
    return place;
  }

  async #end(id: string): Promise<void> {
    const real = this.#clusters.get(id);
    this.#clusters.delete(id);
    this.#places.delete(id);
    await real?.doors.close();
    await real?.servers.close();
  }
}
