import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { estimate } from "./estimate.ts";
import { askPrices } from "./live.ts";
import { renderEstimate } from "./text.ts";
import { withUsage } from "./usage.ts";

/** Options of `mam cost`. */
export interface CostOptions {
  /** Assumptions that this estimate is made with, each `name=number`. */
  readonly usage: readonly string[];
}

/**
 * What an environment costs in a month.
 *
 * @param now the day of prices that are asked for.
 * @throws NotConfigured for an assumption that there is not.
 */
export async function costOfEnvironment(
  session: Session,
  { usage }: CostOptions,
  progress: Progress,
  now = new Date(),
): Promise<Outcome> {
  const config = withUsage(session.environment.config, usage);
  const ask = () => askPrices(session, now);
  const { reckoning, live, because } = session.variables.DIGITALOCEAN_TOKEN
    ? await progress.step("asking what App Platform costs", ask)
    : await ask();
  const estimated = estimate(config, reckoning);
  const { assumptions } = config.cost;
  return {
    ok: true,
    data: { ...estimated, currency: "USD", assumptions, asked: { live, because } },
    text: renderEstimate(estimated, config, { live, because }),
  };
}
