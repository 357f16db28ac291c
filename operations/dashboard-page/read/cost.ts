import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { amountInWords, sumOf } from "../../cost/amount.ts";
import { estimate } from "../../cost/estimate.ts";
import { billedParts } from "../../cost/line.ts";
import type { CostView } from "../board.ts";

/** What an environment costs in a month, as its files describe it and by dated prices: nothing is asked of a platform. */
export function costOf(config: EnvironmentConfig): CostView {
  const { month, lines, unknown } = estimate(config);
  const parts = billedParts.flatMap((part) => {
    const own = lines.filter((line) => line.part === part);
    const amounts = own.flatMap((line) => line.month ?? []);
    if (own.length === 0) return [];
    return [{ part, month: amounts.length > 0 ? amountInWords(sumOf(amounts)) : "not known" }];
  });
  return { month: amountInWords(month), parts, unknown };
}
