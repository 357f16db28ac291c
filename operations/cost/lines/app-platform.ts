import {
  type EnvironmentConfig,
  componentNames,
} from "../../../environments/schema/environment.ts";
import type { Amount } from "../amount.ts";
import type { CostLine } from "../line.ts";
import type { Prices } from "../price.ts";

/** A component of the app, as far as it is billed. */
export interface BilledComponent {
  readonly name: string;
  readonly kind: "service" | "worker" | "job";
  /** Slug of an instance. */
  readonly size: string;
  /** Fewest and most instances; the same without autoscaling. */
  readonly instances: { readonly least: number; readonly most: number };
}

/** Seconds of the month that App Platform bills by: 28 days, by which its monthly and its price by the second agree. */
const secondsOfMonth = 28 * 86_400;

/** The components that an environment describes. */
export function componentsOf({ services }: EnvironmentConfig): BilledComponent[] {
  const running = componentNames.map((name): BilledComponent => {
    const { size, instances } = services[name];
    const { count = 1, autoscaling } = instances;
    const { minimum: least, maximum: most } = autoscaling ?? { minimum: count, maximum: count };
    const kind = name === "worker" ? "worker" : "service";
    return { name, kind, size, instances: { least, most } };
  });
  const { migration, backup } = services;
  const one = { least: 1, most: 1 };
  const dumping: BilledComponent[] = backup.enabled
    ? [{ name: "backup", kind: "worker", size: backup.size, instances: one }]
    : [];
  const { size } = migration;
  return [...running, ...dumping, { name: "migrate", kind: "job", size, instances: one }];
}

/** What each component costs. */
export function componentLines(components: readonly BilledComponent[], prices: Prices): CostLine[] {
  return components.map((component) => {
    const { name, kind, size, instances } = component;
    const price = `app ${size}`;
    const line = {
      part: "App Platform",
      resource: kind === "job" ? `job ${name}` : name,
      quantity: `${countInWords(instances)} × ${size}`,
    } as const;
    const { amount } = prices[price] ?? {};
    if (amount === undefined)
      return { ...line, month: null, note: `no price of the size ${size} was found` };
    return { ...line, price, ...billed(component, amount) };
  });
}

function billed(
  { kind, instances: { least, most } }: BilledComponent,
  amount: number,
): { readonly month: Amount | null; readonly note: string } {
  if (kind === "job") {
    const minute = ((amount / secondsOfMonth) * 60).toFixed(4);
    return { month: null, note: `billed while it runs, about $${minute} a minute` };
  }
  return {
    month: { least: least * amount, most: most * amount },
    note: least === most ? "" : "by load",
  };
}

function countInWords({ least, most }: BilledComponent["instances"]): string {
  return least === most ? String(least) : `${least} to ${most}`;
}

/**
 * What data costs that leaves the app beyond what its instances include.
 *
 * @param outboundGib what leaves the app in a month.
 * @param allowances GiB that an instance of each size includes.
 */
export function transferLine(
  components: readonly BilledComponent[],
  outboundGib: number,
  allowances: Readonly<Record<string, number>>,
  prices: Prices,
): CostLine {
  const running = components.filter(({ kind }) => kind !== "job");
  const included = (which: "least" | "most") =>
    running.reduce((sum, { size, instances }) => {
      return sum + (allowances[size] ?? 0) * instances[which];
    }, 0);
  const amount = prices["app transfer"]?.amount;
  const beyond = (gib: number) => Math.max(0, outboundGib - gib) * (amount ?? 0);
  return {
    part: "App Platform",
    resource: "data that leaves the app",
    quantity: `${Math.round(outboundGib)} GiB, of which ${included("least")} are included`,
    price: "app transfer",
    month:
      amount === undefined
        ? null
        : { least: beyond(included("most")), most: beyond(included("least")) },
    note: "assumed; the team's apps share what is included",
  };
}
