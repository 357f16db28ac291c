import { encodingSizes, gpuMonth, gpuSizes } from "../platform/gpu-sizes.ts";
import { type Region, regionSlugs, regions } from "../platform/regions.ts";
import type { EnvironmentConfig } from "../schema/environment.ts";
import type { Rule } from "./rule.ts";

const gpuOf = ({ services }: EnvironmentConfig) => services.worker.gpu;

const sizeOf = (environment: EnvironmentConfig) => gpuSizes[gpuOf(environment)?.size ?? ""];

const [cheapest = ""] = encodingSizes;

/** Regions of App Platform whose VPC stands in a datacentre that sells a size. */
function regionsWith(datacentres: readonly string[]): Region[] {
  return regionSlugs.filter((slug) => datacentres.includes(regions[slug].datacentre));
}

const placesOf = (environment: EnvironmentConfig) =>
  regionsWith(sizeOf(environment)?.datacentres ?? []);

function price(environment: EnvironmentConfig): string {
  const { size = "", count = 1 } = gpuOf(environment) ?? {};
  const month = gpuMonth(size, count);
  return month === undefined ? "money by the hour" : `about $${month} a month`;
}

/** Rules about machines with a graphics card: what is of use, where it is sold, and that somebody wants to pay for it. */
export const gpuRules: readonly Rule[] = [
  {
    path: "services.worker.gpu.size",
    fails: (environment) => gpuOf(environment) !== undefined && !sizeOf(environment),
    expected: `a size with one card that encodes: ${encodingSizes.join(", ")}`,
    fix: `set services.worker.gpu.size: "${cheapest}"`,
  },
  {
    path: "services.worker.gpu.size",
    fails: (environment) => sizeOf(environment)?.encodes === false,
    expected: (environment) =>
      `a card with an encoder, which the ${sizeOf(environment)?.card ?? ""} does not have: ${encodingSizes.join(", ")}`,
    fix: `set services.worker.gpu.size: "${cheapest}"`,
  },
  {
    path: "network.region",
    fails: (environment) => {
      const isOfUse = sizeOf(environment)?.encodes === true;
      return isOfUse && !placesOf(environment).includes(environment.network.region);
    },
    expected: (environment) =>
      `a region with both the VPC and the ${sizeOf(environment)?.card ?? ""}: ${placesOf(environment).join(", ")}`,
    fix: (environment) =>
      `remove services.worker.gpu, or begin an environment with network.region: "${placesOf(environment)[0] ?? ""}"`,
  },
  {
    path: "services.worker.gpu.reason",
    fails: (environment) => gpuOf(environment) !== undefined && !gpuOf(environment)?.reason,
    expected: (environment) =>
      `a reason: it costs ${price(environment)}, whether the machines work, idle or are off`,
    fix: "write services.worker.gpu.reason, or remove services.worker.gpu",
  },
  {
    path: "state.backend.kind",
    fails: (environment) =>
      gpuOf(environment) !== undefined && environment.state.backend.kind !== "spaces",
    expected:
      '"spaces" with services.worker.gpu: what a new machine has to know lies in the state bucket for minutes, and in no other place',
    fix: 'set state.backend: { kind: "spaces", bucket: … }, or remove services.worker.gpu',
  },
];
