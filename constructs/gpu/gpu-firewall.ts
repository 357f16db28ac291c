import { Firewall } from "@cdktf/provider-digitalocean/lib/firewall/index.js";
import { Construct } from "constructs";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { gpuTag } from "./names.ts";

/** Inputs of {@link GpuFirewall}. */
export interface GpuFirewallProps {
  readonly config: EnvironmentConfig;
  /** Reference to the tag of the machines. */
  readonly tag: string;
  /** Port of Valkey inside the VPC. */
  readonly valkeyPort: string;
}

/** Everywhere. */
const anywhere = ["0.0.0.0/0", "::/0"];

/**
 * Nobody reaches a machine, and a machine reaches what its worker needs: names and time, the internet over TLS (storage,
 * the registry, the API, DigitalOcean's agent), and Valkey inside the VPC.
 */
export class GpuFirewall extends Construct {
  readonly resource: Firewall;

  constructor(scope: Construct, id: string, { config, tag, valkeyPort }: GpuFirewallProps) {
    super(scope, id);
    const out = (protocol: "tcp" | "udp", portRange: string, to: readonly string[] = anywhere) => ({
      protocol,
      portRange,
      destinationAddresses: [...to],
    });
    this.resource = new Firewall(this, "firewall", {
      name: gpuTag(config),
      tags: [tag],
      outboundRule: [
        out("tcp", "443"),
        out("tcp", "53"),
        out("udp", "53"),
        out("udp", "123"),
        out("tcp", valkeyPort, [config.network.vpcCidr]),
      ],
    });
  }
}
