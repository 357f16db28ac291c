import { Vpc } from "@cdktf/provider-digitalocean/lib/vpc/index.js";
import { Construct } from "constructs";

import { regions } from "../../environments/platform/regions.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { nameOf, resourceName } from "../naming.ts";
import { pinLogicalId, statefulLifecycle } from "../stateful.ts";

/** Inputs of {@link PrivateNetwork}. */
export interface PrivateNetworkProps {
  readonly config: EnvironmentConfig;
}

/**
 * The VPC that the app and the databases share. Its range is the databases' only trusted source.
 *
 * This resource is stateful: its range and region cannot change without replacing every database in it.
 */
export class PrivateNetwork extends Construct {
  readonly id: string;
  readonly cidr: string;

  constructor(scope: Construct, id: string, { config }: PrivateNetworkProps) {
    super(scope, id);
    const vpc = new Vpc(this, "vpc", {
      name: nameOf(config, "vpc"),
      description: `Private network of ${resourceName(config)}`,
      region: regions[config.network.region].datacentre,
      ipRange: config.network.vpcCidr,
      // Deleting a cluster returns before its nodes have left the network; the provider's own two minutes are too short.
      timeouts: { delete: "15m" },
      lifecycle: statefulLifecycle(config),
    });
    pinLogicalId(vpc, "vpc");
    this.id = vpc.id;
    this.cidr = config.network.vpcCidr;
  }
}
