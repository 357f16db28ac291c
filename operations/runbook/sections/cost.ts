import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { estimate } from "../../cost/estimate.ts";
import { assumedInWords, estimateRows, headline } from "../../cost/text.ts";
import { type Section, table, text } from "../model.ts";

/** What a month costs. */
export function costSection(config: EnvironmentConfig): Section {
  const estimated = estimate(config);
  const { name } = config;
  return {
    title: "What it costs",
    goals: [{ want: "know what it costs", title: "What it costs" }],
    blocks: [
      text(`**${headline(estimated)}**`),
      table(["Part", "Resource", "How much", "A month", "Note"], estimateRows(estimated.lines)),
      text(
        `Assumed: ${assumedInWords(config.cost.assumptions)}. Put your own numbers into \`cost.assumptions\`, or try some: \`npx mam cost ${name} --usage playedGibMonth=5000\`. With a token, App Platform's prices are those of the moment. \`npx mam plan ${name}\` says what a change does to it. Prices with their days and pages: [cost](cost.md).`,
      ),
    ],
  };
}
