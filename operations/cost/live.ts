import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { DigitalOceanError } from "@mam-infra/clients/digitalocean/error";
import type { Session } from "../context/session.ts";
import { type Reckoning, datedReckoning } from "./estimate.ts";

/** What an estimate is reckoned with, and where it comes from. */
export interface Asked {
  readonly reckoning: Reckoning;
  /** Whether App Platform's prices are those of this moment. */
  readonly live: boolean;
  /** Why they are, or are not, as a sentence's end. */
  readonly because: string;
}

const source = "https://api.digitalocean.com/v2/apps/tiers/instance_sizes";

/**
 * The dated prices, with App Platform's own of this moment where a token is there. They are the only ones that an API
 * gives: that of databases lists sizes without prices, and Wasabi's has none.
 *
 * A platform that does not answer is no reason to have no estimate: it is said, and the dated prices are used.
 *
 * @param now the day that the prices are of.
 */
export async function askPrices(session: Session, now: Date): Promise<Asked> {
  const dated = (because: string): Asked => ({ reckoning: datedReckoning, live: false, because });
  if (!session.variables.DIGITALOCEAN_TOKEN) return dated("DIGITALOCEAN_TOKEN is not there");
  try {
    const reckoning = await liveReckoning(session.clients.digitalOcean(), now);
    return { reckoning, live: true, because: "DIGITALOCEAN_TOKEN is there" };
  } catch (error) {
    if (error instanceof DigitalOceanError) return dated(error.message);
    throw error;
  }
}

async function liveReckoning(api: DigitalOcean, now: Date): Promise<Reckoning> {
  const { instance_sizes: sizes } = await api.call("listInstanceSizes", {});
  const date = now.toISOString().slice(0, 10);
  const found = sizes ?? [];
  const prices = found.flatMap(({ slug, usd_per_month: usd }) =>
    usd === undefined || usd === null
      ? []
      : [[`app ${slug}`, livePrice(Number(usd), date)] as const],
  );
  const allowances = found.flatMap(({ slug, bandwidth_allowance_gib: gib }) =>
    gib === undefined || gib === null ? [] : [[slug, Number(gib)] as const],
  );
  return {
    prices: { ...datedReckoning.prices, ...Object.fromEntries(prices) },
    allowances: { ...datedReckoning.allowances, ...Object.fromEntries(allowances) },
  };
}

function livePrice(amount: number, date: string) {
  const per = "instance and month";
  return { amount, currency: "USD", per, date, source, evidence: "live" } as const;
}
