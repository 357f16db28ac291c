import { DatabaseCluster } from "@cdktf/provider-digitalocean/lib/database-cluster/index.js";
import { DatabaseConnectionPool } from "@cdktf/provider-digitalocean/lib/database-connection-pool/index.js";
import { DatabaseDb } from "@cdktf/provider-digitalocean/lib/database-db/index.js";
import type { DatabaseFirewall } from "@cdktf/provider-digitalocean/lib/database-firewall/index.js";
import { DatabasePostgresqlConfig } from "@cdktf/provider-digitalocean/lib/database-postgresql-config/index.js";
import { DatabaseUser } from "@cdktf/provider-digitalocean/lib/database-user/index.js";
import { Construct } from "constructs";

import { type Slot, slots } from "../../environments/schema/rotation.ts";
import { regions } from "../../environments/platform/regions.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { nameOf, postgresName } from "../naming.ts";
import type { PrivateNetwork } from "../network/private-network.ts";
import { pinLogicalId, statefulLifecycle } from "../stateful.ts";
import { applicationUser } from "./application-user.ts";
import { postgresSettings } from "./postgres-settings.ts";
import { TrustedSources } from "./trusted-sources.ts";

/** Inputs of {@link PostgresDatabase}. */
export interface PostgresDatabaseProps {
  readonly config: EnvironmentConfig;
  readonly network: PrivateNetwork;
}

/** A place to connect to inside the VPC. */
export interface PrivateAddress {
  readonly host: string;
  readonly port: number;
  /** Name that the connection asks for: a database, or a pool. */
  readonly database: string;
}

const userIds: Readonly<Record<Slot, string>> = { A: "user", B: "user_b" };

/**
 * Managed PostgreSQL with one database, the API's two users and their transaction pool.
 *
 * This resource is stateful: it holds the platform's source of truth. Nothing but the firewall is created before the
 * firewall, since a cluster accepts connections from everywhere until its first rule stands.
 */
export class PostgresDatabase extends Construct {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly urn: string;
  /** Direct connections, for migrations: a transaction pool breaks session features such as advisory locks. */
  readonly direct: PrivateAddress;
  /** Connections of the API: the pool, or the cluster itself where there is no pool. */
  readonly pooled: PrivateAddress;

  constructor(scope: Construct, id: string, props: PostgresDatabaseProps) {
    super(scope, id);
    const { config } = props;
    const cluster = this.createCluster(props);
    const { firewall } = new TrustedSources(this, "trusted-sources", {
      config,
      clusterId: cluster.id,
      logicalId: "postgres_firewall",
    });
    new DatabasePostgresqlConfig(this, "settings", postgresSettings(config, cluster.id, firewall));
    const database = this.createDatabase(config, cluster, firewall);
    this.clusterId = cluster.id;
    this.clusterName = postgresName(config);
    this.urn = cluster.urn;
    this.direct = { host: cluster.privateHost, port: cluster.port, database: config.database.name };
    this.pooled = this.createPool(config, cluster, database) ?? this.direct;
  }

  private createCluster({ config, network }: PostgresDatabaseProps): DatabaseCluster {
    const { edition, version, size, nodes, storageGib, maintenance } = config.database;
    const cluster = new DatabaseCluster(this, "cluster", {
      name: postgresName(config),
      engine: edition === "advanced" ? "advanced_pg" : "pg",
      version,
      size,
      nodeCount: nodes,
      region: regions[config.network.region].datacentre,
      privateNetworkUuid: network.id,
      maintenanceWindow: [maintenance],
      ...(storageGib === undefined ? {} : { storageSizeMib: String(storageGib * 1024) }),
      // After a create timeout the provider forgets a cluster that DigitalOcean goes on building and billing.
      timeouts: { create: "60m" },
      lifecycle: statefulLifecycle(config),
    });
    pinLogicalId(cluster, "postgres");
    return cluster;
  }

  private createDatabase(
    config: EnvironmentConfig,
    cluster: DatabaseCluster,
    firewall: DatabaseFirewall,
  ): DatabaseDb {
    const shared = {
      clusterId: cluster.id,
      dependsOn: [firewall],
      lifecycle: statefulLifecycle(config),
    };
    const database = new DatabaseDb(this, "database", { ...shared, name: config.database.name });
    pinLogicalId(database, "postgres_database");
    for (const slot of slots) {
      const id = userIds[slot];
      const name = applicationUser(config, slot);
      pinLogicalId(new DatabaseUser(this, id, { ...shared, name }), `postgres_${id}`);
    }
    return database;
  }

  private createPool(
    config: EnvironmentConfig,
    cluster: DatabaseCluster,
    database: DatabaseDb,
  ): PrivateAddress | undefined {
    if (!config.database.pool) return undefined;
    const pool = new DatabaseConnectionPool(this, "pool", {
      clusterId: cluster.id,
      name: nameOf(config, "pool"),
      mode: "transaction",
      size: config.database.pool.size,
      // Without a user of its own: each of the two connects as itself, and neither waits for another pool.
      dbName: database.name,
    });
    return { host: pool.privateHost, port: pool.port, database: pool.name };
  }
}
