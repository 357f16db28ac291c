import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";

import { GpuWorkers } from "../constructs/gpu/gpu-workers.ts";
import { machineNumbers } from "../constructs/gpu/names.ts";
import { ProjectResources } from "../constructs/network/project.ts";
import type { DataStack } from "./data-stack.ts";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack.ts";
import { useDigitalOcean } from "./providers.ts";
import type { StorageStack } from "./storage-stack.ts";

/** Inputs of {@link GpuStack}. */
export interface GpuStackProps extends EnvironmentStackProps {
  readonly data: DataStack;
  readonly storage: StorageStack;
}

/** Machines with a card. Where none is asked for it is empty, and what stood of it goes. */
export class GpuStack extends EnvironmentStack {
  protected override readonly readsOthers = true;

  constructor(scope: Construct, props: GpuStackProps) {
    super(scope, "gpu", props);
    const { environment, endpoints, data, storage } = props;
    const { config, release, rotation } = environment;
    useDigitalOcean(this, endpoints);
    if (!config.services.worker.gpu) return;
    const workers = new GpuWorkers(this, "worker", {
      config,
      release,
      rotation,
      vpcId: data.wiring.vpcId,
      valkeyPort: data.wiring.valkey.port,
      storageKeyId: storage.storageKeys.transcoder.id,
    });
    new ProjectResources(this, "machines", { projectId: data.projectId, urns: workers.urns });
    new TerraformOutput(this, "gpu_machines", {
      description: "Ids of the machines, by their number.",
      value: Object.fromEntries(
        machineNumbers(config).map((number, index) => [number, workers.ids[index]]),
      ),
    });
  }
}
