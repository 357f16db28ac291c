import { TerraformResource } from "cdktf";
import { Construct } from "constructs";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { resourceName } from "../naming.ts";

/** Inputs of {@link DatabaseLogSinks}. */
export interface DatabaseLogSinksProps {
  readonly config: EnvironmentConfig;
  /** Cluster ids by the name under which the configuration selects them. */
  readonly clusterIds: Readonly<Record<"postgres" | "valkey", string>>;
}

/**
 * Sends the clusters' own logs, slow queries among them, to a syslog receiver over TLS.
 *
 * The bindings (provider 2.71.0) have no log sinks; the provider has since 2.72.0, so the resource is written out here.
 */
export class DatabaseLogSinks extends Construct {
  constructor(scope: Construct, id: string, { config, clusterIds }: DatabaseLogSinksProps) {
    super(scope, id);
    const sink = config.logs.databaseSink;
    for (const cluster of sink?.clusters ?? []) {
      const resource = new TerraformResource(this, cluster, {
        terraformResourceType: "digitalocean_database_logsink_rsyslog",
      });
      resource.addOverride("cluster_id", clusterIds[cluster]);
      resource.addOverride("name", resourceName(config, `${cluster}-logs`));
      resource.addOverride("server", sink?.server);
      resource.addOverride("port", sink?.port);
      resource.addOverride("tls", true);
      resource.addOverride("format", "rfc5424");
    }
  }
}
