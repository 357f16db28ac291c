import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { type Amount, sumOf } from "./amount.ts";
import type { CostLine } from "./line.ts";
import { componentLines, componentsOf, transferLine } from "./lines/app-platform.ts";
import { clusterLines, clustersOf } from "./lines/databases.ts";
import { machineLines } from "./lines/machines.ts";
import { checksLine, checksOf, stateLines, unknownLines } from "./lines/others.ts";
import { wasabiLines } from "./lines/wasabi.ts";
import type { Price, Prices } from "./price.ts";
import { transferAllowances } from "./prices/app-platform.ts";
import { datedPrices } from "./prices/dated.ts";

/** What an environment costs in a month. */
export interface Estimate {
  readonly environment: string;
  readonly lines: readonly CostLine[];
  /** All lines whose amount is known, together. */
  readonly month: Amount;
  /** What is not in it, because it cannot be known: resources of lines. */
  readonly unknown: readonly string[];
  /** The prices that it was reckoned with, by their keys. */
  readonly prices: Prices;
}

/** What an estimate is reckoned with; dated prices without it. */
export interface Reckoning {
  readonly prices: Prices;
  /** GiB that may leave App Platform in a month, for each instance of a size. */
  readonly allowances: Readonly<Record<string, number>>;
}

/** Prices and allowances as they were last read: no platform is asked. */
export const datedReckoning: Reckoning = { prices: datedPrices, allowances: transferAllowances };

/**
 * A month's cost of an environment as its files describe it, in US dollars and without taxes. Nothing is asked of a
 * platform. What cannot be known is a line without an amount, and never counted as nothing.
 */
export function estimate(config: EnvironmentConfig, reckoning = datedReckoning): Estimate {
  const { prices, allowances } = reckoning;
  const components = componentsOf(config);
  return estimateOf(config.name, prices, [
    ...componentLines(components, prices),
    transferLine(components, outboundGib(config), allowances, prices),
    ...machineLines(config, prices),
    ...clusterLines(clustersOf(config), prices),
    ...wasabiLines(config, prices),
    ...stateLines(config, prices),
    checksLine(checksOf(config), prices),
    ...unknownLines(config),
  ]);
}

/** What leaves the app: previews to people, and previews and dumps to Wasabi. Pages and answers are left out: they are small. */
export function outboundGib({ cost: { assumptions }, services }: EnvironmentConfig): number {
  const { playedGibMonth, uploadedGibMonth, previewsPercent, dumpGib } = assumptions;
  return (
    playedGibMonth +
    (uploadedGibMonth * previewsPercent) / 100 +
    (services.backup.enabled ? dumpGib * 30 : 0)
  );
}

function estimateOf(environment: string, prices: Prices, lines: readonly CostLine[]): Estimate {
  const known = lines.flatMap(({ month }) => (month === null ? [] : [month]));
  const used = [...new Set(lines.flatMap(({ price }) => price ?? []))];
  return {
    environment,
    lines,
    month: sumOf(known),
    unknown: lines.filter(({ month }) => month === null).map(({ resource }) => resource),
    prices: Object.fromEntries(
      used.flatMap((key): [string, Price][] => (prices[key] ? [[key, prices[key]]] : [])),
    ),
  };
}
