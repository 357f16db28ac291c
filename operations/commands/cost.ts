import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import { type CostOptions, costOfEnvironment } from "../cost/cost.ts";

/** `mam cost`: what an environment costs in a month. */
export function declareCost(program: Command): void {
  environmentCommand<CostOptions>(
    program,
    "cost",
    "estimates what an environment costs in a month, by resource; needs no token",
    [
      "mam cost production",
      "mam cost production --usage playedGibMonth=5000 --usage mastersGib=20000",
      "mam cost staging --json",
    ],
    costOfEnvironment,
  ).option(
    "--usage <name=number>",
    "another assumption for this estimate, as in cost.assumptions of the environment; repeatable",
    (value: string, all: readonly string[]) => [...all, value],
    [],
  );
}
