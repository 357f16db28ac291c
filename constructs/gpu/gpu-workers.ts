import { Droplet } from "@cdktf/provider-digitalocean/lib/droplet/index.js";
import type { Firewall } from "@cdktf/provider-digitalocean/lib/firewall/index.js";
import { Tag } from "@cdktf/provider-digitalocean/lib/tag/index.js";
import { DataResource, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";

import { regions } from "../../environments/platform/regions.ts";
import { pinLogicalId } from "../stateful.ts";
import { gpuCloudConfig } from "./cloud-config.ts";
import { GpuAlerts } from "./gpu-alerts.ts";
import { GpuFirewall } from "./gpu-firewall.ts";
import {
  bootstrapVariable,
  gpuTag,
  machineName,
  machineNumbers,
  machineResource,
} from "./names.ts";
import { type WorkerSources, workerImage, workerSettings } from "./worker-settings.ts";

/** Inputs of {@link GpuWorkers}. */
export interface GpuWorkersProps extends WorkerSources {
  readonly vpcId: string;
  /** Port of Valkey inside the VPC. */
  readonly valkeyPort: number;
  /** Id of the storage key that machines work with, which is no secret. */
  readonly storageKeyId: string;
}

/** What stands around each machine. */
interface Surroundings {
  readonly tag: Tag;
  readonly firewall: Firewall;
  /** Address of what a new machine has to know. */
  readonly address: string;
}

/** Address of a resource as Terraform's JSON wants it here: without the marks of an expression, which CDKTF writes. */
function addressOf({ terraformResourceType, friendlyUniqueId }: DataResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

/**
 * DigitalOcean's image with the driver of the cards, Docker and what gives a container the card. Source: images named in
 * docs.digitalocean.com/products/droplets/how-to/gpu; it is the one for every size with NVIDIA cards.
 */
const machineImage = "gpu-h100x1-base";

/**
 * Machines with a card that make previews. They hold nothing and are never changed: what they are made from is written
 * beside each, and another one of it is another machine. Each has its own, because Terraform replaces by it only in the
 * run in which it changes, and machines are replaced one after the other.
 */
export class GpuWorkers extends Construct {
  /** Uniform resource names of the machines. */
  readonly urns: readonly string[];
  readonly ids: readonly string[];

  constructor(scope: Construct, id: string, props: GpuWorkersProps) {
    super(scope, id);
    const { config } = props;
    const tag = new Tag(this, "tag", { name: gpuTag(config) });
    pinLogicalId(tag, "gpu_tag");
    const { resource: firewall } = new GpuFirewall(this, "network", {
      config,
      tag: tag.name,
      valkeyPort: Token.asString(props.valkeyPort),
    });
    const address = this.bootstrapAddress();
    const droplets = machineNumbers(config).map((number) => {
      return this.machine(number, props, { tag, address, firewall });
    });
    this.ids = droplets.map((droplet) => droplet.id);
    this.urns = droplets.map((droplet) => droplet.urn);
    new GpuAlerts(this, "alert", { config, droplets: this.ids });
  }

  /** Only `mam deploy` knows it, and only while it makes a machine. */
  private bootstrapAddress(): string {
    const variable = new TerraformVariable(this, "address", {
      type: "string",
      sensitive: true,
      default: "",
    });
    variable.overrideLogicalId(bootstrapVariable);
    return variable.stringValue;
  }

  private machine(
    number: number,
    props: GpuWorkersProps,
    { tag, address, firewall }: Surroundings,
  ): Droplet {
    const { config } = props;
    const made = new DataResource(this, `made-from-${number}`, {
      input: {
        image: workerImage(props),
        settings: workerSettings(props),
        storage_key: props.storageKeyId,
      },
    });
    const droplet = new Droplet(this, `machine-${number}`, {
      name: machineName(config, number),
      region: regions[config.network.region].datacentre,
      size: config.services.worker.gpu?.size ?? "",
      image: machineImage,
      vpcUuid: props.vpcId,
      monitoring: true,
      backups: false,
      tags: [tag.name],
      userData: gpuCloudConfig(address),
      // Shut down before it is destroyed, so that its worker gives back what it was making.
      gracefulShutdown: true,
      timeouts: { create: "30m", delete: "10m" },
      // It stands before the machine does.
      dependsOn: [firewall],
      lifecycle: { ignoreChanges: ["user_data"], replaceTriggeredBy: [addressOf(made)] },
    });
    pinLogicalId(droplet, machineResource(number));
    return droplet;
  }
}
