import { restBreakages } from "./at-rest.ts";
import { clockBreakages } from "./clock.ts";
import { digitalOceanBreakages } from "./digitalocean.ts";
import { domainBreakages } from "./domain.ts";
import { breakagesHere } from "./here.ts";
import { fileBreakages } from "./older-files.ts";
import { leftoverBreakages } from "./leftovers.ts";
import { stateBreakages, wasabiBreakages } from "./storage.ts";
import type { Breakage } from "./breakage.ts";

/** Everything that can be wrong, with what the doctor says about it. */
export const breakages: readonly Breakage[] = [
  ...breakagesHere,
  ...clockBreakages,
  ...fileBreakages,
  ...digitalOceanBreakages,
  ...domainBreakages,
  ...wasabiBreakages,
  ...stateBreakages,
  ...leftoverBreakages,
  ...restBreakages,
];
