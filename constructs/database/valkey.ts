import { DatabaseCluster } from "@cdktf/provider-digitalocean/lib/database-cluster/index.js";
import { DatabaseValkeyConfig } from "@cdktf/provider-digitalocean/lib/database-valkey-config/index.js";
import { Construct } from "constructs";

import { regions } from "../../environments/platform/regions.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { nameOf } from "../naming.ts";
import type { PrivateNetwork } from "../network/private-network.ts";
import { pinLogicalId, statefulLifecycle } from "../stateful.ts";
import { TrustedSources } from "./trusted-sources.ts";

/** Inputs of {@link ValkeyCache}. */
export interface ValkeyCacheProps {
  readonly config: EnvironmentConfig;
  readonly network: PrivateNetwork;
}

/**
 * Managed Valkey: the preview queue and the API's short-lived data.
 *
 * This resource is stateful, and it has no backups: what matters longer than a job does not belong here.
 */
export class ValkeyCache extends Construct {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly urn: string;
  readonly host: string;
  readonly port: number;

  constructor(scope: Construct, id: string, props: ValkeyCacheProps) {
    super(scope, id);
    const { config } = props;
    const cluster = this.createCluster(props);
    const { firewall } = new TrustedSources(this, "trusted-sources", {
      config,
      clusterId: cluster.id,
      logicalId: "valkey_firewall",
    });
    new DatabaseValkeyConfig(this, "settings", {
      clusterId: cluster.id,
      ssl: true,
      persistence: config.cache.persistence,
      dependsOn: [firewall],
    });
    this.clusterId = cluster.id;
    this.clusterName = nameOf(config, "valkey");
    this.urn = cluster.urn;
    this.host = cluster.privateHost;
    this.port = cluster.port;
  }

  private createCluster({ config, network }: ValkeyCacheProps): DatabaseCluster {
    const { version, size, nodes, evictionPolicy, maintenance } = config.cache;
    const cluster = new DatabaseCluster(this, "cluster", {
      name: nameOf(config, "valkey"),
      engine: "valkey",
      version,
      size,
      nodeCount: nodes,
      region: regions[config.network.region].datacentre,
      privateNetworkUuid: network.id,
      // Set here and nowhere else: valkey_config has the same setting under another spelling.
      evictionPolicy,
      maintenanceWindow: [maintenance],
      timeouts: { create: "60m" },
      lifecycle: statefulLifecycle(config),
    });
    pinLogicalId(cluster, "valkey");
    return cluster;
  }
}
