import { gpuTag, machineName, machineNumbers } from "../../constructs/gpu/names.ts";
import { sellsCards } from "../../environments/platform/gpu-sizes.ts";
import { regions } from "../../environments/platform/regions.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Session } from "../context/session.ts";
import { mostMachines } from "../../environments/schema/gpu.ts";
import { machineAddress } from "../gpu/machines.ts";
import { presentStacks } from "../terraform/present-stacks.ts";
import { type AnyStack, anyStacks, possibleStacks, stackName } from "../terraform/stack-kinds.ts";
import type { DeclaredResource } from "./declared.ts";

/**
 * The stacks of which something may be left over: those that an environment has, and that of machines wherever one may have
 * been made. A machine that no state knows is billed for ever.
 */
export async function stacksWithLeftovers(session: Session): Promise<readonly AnyStack[]> {
  const { config } = session.environment;
  const isSold = sellsCards(regions[config.network.region].datacentre);
  return isSold && possibleStacks(config).includes("gpu") ? anyStacks : presentStacks(session);
}

/** Machines that an environment does not ask for, and what is around them where it asks for none. */
export function strayMachines(config: EnvironmentConfig): DeclaredResource[] {
  const asked = machineNumbers(config);
  const stray = (address: string, name: string): DeclaredResource => {
    const [type = ""] = address.split(".");
    return {
      ...{ stack: stackName(config.name, "gpu"), type, address },
      ...{ arguments: { name }, isStray: true },
    };
  };
  const machines = Array.from({ length: mostMachines }, (_, index) => index + 1)
    .filter((number) => !asked.includes(number))
    .map((number) => stray(machineAddress(number), machineName(config, number)));
  if (asked.length > 0) return machines;
  const around = ["digitalocean_firewall.worker_network_firewall", "digitalocean_tag.gpu_tag"];
  return [...machines, ...around.map((address) => stray(address, gpuTag(config)))];
}
