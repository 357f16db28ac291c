import { hoursOfMonth } from "../../../environments/platform/gpu-sizes.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { exactly } from "../amount.ts";
import type { CostLine } from "../line.ts";
import type { Prices } from "../price.ts";

/** What machines with a card cost; no line where none is asked for. */
export function machineLines({ services }: EnvironmentConfig, prices: Prices): CostLine[] {
  const { gpu } = services.worker;
  if (!gpu) return [];
  const price = `droplet ${gpu.size}`;
  const hourly = prices[price]?.amount;
  return [
    {
      part: "Droplets",
      resource: "GPU workers",
      quantity: `${gpu.count} × ${gpu.size}`,
      price,
      month: hourly === undefined ? null : exactly(hourly * hoursOfMonth * gpu.count),
      note: "billed whether they work, idle or are off, until they are destroyed",
    },
  ];
}
