import { DatabaseFirewall } from "@cdktf/provider-digitalocean/lib/database-firewall/index.js";
import { Construct } from "constructs";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { pinLogicalId, statefulLifecycle } from "../stateful.ts";

/** Inputs of {@link TrustedSources}. */
export interface TrustedSourcesProps {
  readonly config: EnvironmentConfig;
  readonly clusterId: string;
  /** Pinned logical id of the firewall. */
  readonly logicalId: string;
}

/**
 * The cluster's only trusted source: the VPC's range.
 *
 * A rule of type `app` would cover the app's public address only, which it does not use inside a VPC. There is exactly
 * one of these for a cluster: every write replaces all rules of the cluster. It is never destroyed on its own, because
 * a cluster without rules is open to the internet.
 */
export class TrustedSources extends Construct {
  readonly firewall: DatabaseFirewall;

  constructor(scope: Construct, id: string, props: TrustedSourcesProps) {
    super(scope, id);
    const { config, clusterId, logicalId } = props;
    this.firewall = new DatabaseFirewall(this, "firewall", {
      clusterId,
      rule: [{ type: "ip_addr", value: config.network.vpcCidr }],
      lifecycle: statefulLifecycle(config),
    });
    pinLogicalId(this.firewall, logicalId);
  }
}
