import { machineNumbers, machineResource } from "../../constructs/gpu/names.ts";
import type { Environment } from "../../environments/loading/load.ts";
import { production } from "../../environments/production.ts";
import type { EnvironmentInput } from "../../environments/schema/environment.ts";
import { wantedOf } from "../../operations/gpu/machines.ts";
import { changed } from "./environments.ts";

/** Production where cards are sold, with two machines that have one. */
export function withGpu(
  gpu: { readonly size?: string; readonly count?: number } = {},
): EnvironmentInput {
  return changed((draft) => {
    draft.network.region = "tor";
    draft.services.worker.gpu = {
      size: "gpu-4000adax1-20gb",
      count: 2,
      reason: "Films of the archive are converted until the end of the year.",
      ...gpu,
    };
  }, production);
}

/** What the state of machines is once all of them are gone. */
export const emptiedGpu = {
  ...{ version: 4, terraform_version: "1.11.4", serial: 9, lineage: "machines", resources: [] },
  outputs: {},
};

/** State of the machines that an environment asks for, as far as commands read it. */
export function gpuStateOf(environment: Environment, storageKey = "AKIA1"): object {
  const { image, settings } = wantedOf(environment, storageKey);
  const value = { image, settings, storage_key: storageKey };
  const managed = (type: string, name: string, attributes: object) => ({
    ...{ mode: "managed", type, name, provider: 'provider["registry.terraform.io/x/y"]' },
    instances: [{ attributes }],
  });
  const resources = machineNumbers(environment.config).flatMap((number) => [
    managed("digitalocean_droplet", machineResource(number), { id: String(560_000_000 + number) }),
    managed("terraform_data", `worker_made_from_${number}`, { id: `${number}`, input: { value } }),
  ]);
  return { ...emptiedGpu, serial: 7, resources };
}
