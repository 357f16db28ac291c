import { hoursOfMonth } from "../../../environments/platform/gpu-sizes.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { exactly } from "../amount.ts";
import type { CostLine } from "../line.ts";
import type { Prices } from "../price.ts";

/** Machines with a card that are billed. */
export interface BilledMachines {
  readonly size: string;
  readonly count: number;
}

/** What machines with a card cost; no line where none is asked for. */
export function machineLines({ services }: EnvironmentConfig, prices: Prices): CostLine[] {
  const { gpu } = services.worker;
  return gpu ? [linesOfMachines(gpu, prices)] : [];
}

/** What machines of one size cost. */
export function linesOfMachines({ size, count }: BilledMachines, prices: Prices): CostLine {
  const price = `droplet ${size}`;
  const hourly = prices[price]?.amount;
  return {
    part: "Droplets",
    resource: "GPU workers",
    quantity: `${count} × ${size}`,
    price,
    month: hourly === undefined ? null : exactly(hourly * hoursOfMonth * count),
    note: "billed whether they work, idle or are off, until they are destroyed",
  };
}
