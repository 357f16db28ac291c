import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";

import type { DataWiring } from "../constructs/app/context.ts";
import { PostgresDatabase } from "../constructs/database/postgres.ts";
import { ValkeyCache } from "../constructs/database/valkey.ts";
import { DatabaseLogSinks } from "../constructs/logs/database-log-sinks.ts";
import { DatabaseAlerts } from "../constructs/monitoring/database-alerts.ts";
import { Project, ProjectResources } from "../constructs/network/project.ts";
import { PrivateNetwork } from "../constructs/network/private-network.ts";
import type { EnvironmentConfig } from "../environments/schema/environment.ts";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack.ts";
import { useDigitalOcean } from "./providers.ts";

/** The network and the databases: what lives for years and changes rarely. */
export class DataStack extends EnvironmentStack {
  /** What the app needs to join the network and reach the databases. */
  readonly wiring: DataWiring;
  /** Project that the app joins. */
  readonly projectId: string;

  constructor(scope: Construct, props: EnvironmentStackProps) {
    super(scope, "data", props);
    const { config } = props.environment;
    useDigitalOcean(this, props.endpoints);
    const project = new Project(this, "console", { config });
    const network = new PrivateNetwork(this, "network", { config });
    const postgres = new PostgresDatabase(this, "postgres", { config, network });
    const valkey = new ValkeyCache(this, "valkey", { config, network });
    new ProjectResources(this, "databases", {
      projectId: project.id,
      urns: [postgres.urn, valkey.urn],
    });
    this.watch(config, postgres, valkey);
    this.writeOutputs(postgres, valkey);
    this.projectId = project.id;
    this.wiring = { vpcId: network.id, postgres, valkey };
  }

  private watch(config: EnvironmentConfig, postgres: PostgresDatabase, valkey: ValkeyCache): void {
    new DatabaseAlerts(this, "postgres-alert", {
      config,
      cluster: "postgres",
      clusterId: postgres.clusterId,
      clusterName: postgres.clusterName,
      size: config.database.size,
      thresholds: config.alerting.database,
    });
    new DatabaseAlerts(this, "valkey-alert", {
      config,
      cluster: "valkey",
      clusterId: valkey.clusterId,
      clusterName: valkey.clusterName,
      size: config.cache.size,
      thresholds: config.alerting.cache,
    });
    new DatabaseLogSinks(this, "log-sink", {
      config,
      clusterIds: { postgres: postgres.clusterId, valkey: valkey.clusterId },
    });
  }

  private writeOutputs(postgres: PostgresDatabase, valkey: ValkeyCache): void {
    const console = "https://cloud.digitalocean.com/databases";
    new TerraformOutput(this, "database_hosts", {
      description: "Hosts inside the VPC.",
      value: { postgres: postgres.direct.host, valkey: valkey.host },
    });
    new TerraformOutput(this, "database_console", {
      description: "The clusters in the control panel.",
      value: {
        postgres: `${console}/${postgres.clusterId}`,
        valkey: `${console}/${valkey.clusterId}`,
      },
    });
  }
}
