import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { type Amount, exactly } from "../amount.ts";
import type { CostLine } from "../line.ts";
import type { Prices } from "../price.ts";
import { wasabiLeastDays, wasabiLeastGib } from "../prices/storage.ts";

/** What a bucket holds in a month, and what was deleted from it and is billed on. */
interface Holding {
  readonly resource: string;
  readonly storedGib: number;
  readonly deletedGib: number;
}

/** Days of the month that assumptions speak of. */
const daysOfMonth = 30;

/** What storage holds after months of the assumed use. */
function holdingsOf({ storage, services, cost }: EnvironmentConfig): Holding[] {
  const { retention, masters } = storage;
  const use = cost.assumptions;
  const previews = use.previewsPercent / 100;
  const replaced = retention.replacedVersionDays;
  const kept = (resource: string, gib: number) => ({ resource, storedGib: gib, deletedGib: 0 });
  return [
    kept("masters", use.mastersGib),
    ...(masters.versioning
      ? [kept("older versions of masters", (use.mastersGib * use.olderVersionsPercent) / 100)]
      : []),
    passing("previews", {
      gibDay: (use.uploadedGibMonth * previews) / daysOfMonth,
      days: retention.previewsDays + replaced,
      mostGib: use.mastersGib * previews,
    }),
    passing("uploads in staging", {
      gibDay: use.uploadedGibMonth / daysOfMonth,
      days: retention.stagingDays + replaced,
    }),
    ...(services.backup.enabled
      ? [passing("database dumps", { gibDay: use.dumpGib, days: retention.backupsDays + replaced })]
      : []),
  ];
}

/** Objects that come every day, and go after some days. */
function passing(
  resource: string,
  { gibDay, days, mostGib = Infinity }: { gibDay: number; days: number; mostGib?: number },
): Holding {
  const storedGib = Math.min(gibDay * days, mostGib);
  const billedGib = Math.min(gibDay * Math.max(days, wasabiLeastDays), mostGib);
  return { resource, storedGib, deletedGib: billedGib - storedGib };
}

/** What storage on Wasabi costs. */
export function wasabiLines(config: EnvironmentConfig, prices: Prices): CostLine[] {
  const holdings = holdingsOf(config);
  const stored = total(holdings, "storedGib");
  const month = (gib: number): Amount | null => {
    const price = prices["wasabi storage"];
    return price ? exactly((gib / 1024) * price.amount) : null;
  };
  const line = (resource: string, gib: number, note: string): CostLine => ({
    part: "Wasabi",
    resource,
    quantity: `${Math.round(gib)} GiB`,
    price: "wasabi storage",
    month: month(gib),
    note,
  });
  return [
    ...holdings.map(({ resource, storedGib }) => line(resource, storedGib, "assumed")),
    line(
      "deleted objects",
      total(holdings, "deletedGib"),
      `each object is billed for ${wasabiLeastDays} days`,
    ),
    line(
      "rest of the first TiB",
      Math.max(0, wasabiLeastGib - stored),
      "an account is billed for one TiB at least; one that holds other data too pays it once",
    ),
    egressLine(config, stored, prices),
  ];
}

/** What leaves Wasabi: previews that are played, and masters that the worker reads once. */
function egressLine(
  { cost: { assumptions } }: EnvironmentConfig,
  storedGib: number,
  prices: Prices,
): CostLine {
  const gib = assumptions.playedGibMonth + assumptions.uploadedGibMonth;
  const line = {
    part: "Wasabi",
    resource: "data that leaves Wasabi",
    quantity: `${gib} GiB, of ${Math.round(storedGib)} GiB stored`,
  } as const;
  const rule = "free as long as no more leaves in a month than is stored";
  const price = prices["wasabi transfer"];
  return price && gib <= storedGib
    ? { ...line, price: "wasabi transfer", month: exactly(gib * price.amount), note: rule }
    : { ...line, month: null, note: `${rule}; beyond it Wasabi may limit the account` };
}

function total(holdings: readonly Holding[], which: "storedGib" | "deletedGib"): number {
  return holdings.reduce((sum, holding) => sum + holding[which], 0);
}
