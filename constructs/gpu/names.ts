import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { resourceName } from "../naming.ts";

/** Tag of an environment's GPU Droplets, by which their firewall finds them. */
export function gpuTag(config: EnvironmentConfig): string {
  return resourceName(config, "gpu-worker");
}

/** Name of a machine, counted from 1. */
export function machineName(config: EnvironmentConfig, number: number): string {
  return resourceName(config, `gpu-worker-${number}`);
}

/** Name of a machine's resource, as a plan has it after `digitalocean_droplet.`. */
export function machineResource(number: number): string {
  return `gpu_worker_${number}`;
}

/** Number of the machine that a resource belongs to, by the end of its name; NaN for one that belongs to none. */
export function machineNumberOf(resource: string): number {
  return Number(/_(\d+)$/.exec(resource)?.[1]);
}

/** Numbers of the machines that an environment asks for. */
export function machineNumbers({ services: { worker } }: EnvironmentConfig): number[] {
  return Array.from({ length: worker.gpu?.count ?? 0 }, (_, index) => index + 1);
}

/** First letters of the keys, in the bucket of previews, under which machines say what they are. */
export const statusPrefix = "_workers/";

/** Key of what a machine says of itself. */
export function statusKey(droplet: string): string {
  return `${statusPrefix}${droplet}.json`;
}

/** Variable of the GPU stack with the address of what a new machine has to know. */
export const bootstrapVariable = "gpu_bootstrap";
