import { datacentres } from "../regions.ts";
import { maintenancePage } from "./errors.ts";
import type { InsightsState } from "./model.ts";

/** Datacentres that answer and have nothing: seen by DO-Solutions/porthole. */
const empty = ["mem1"];

/** @throws the page that a datacentre without Insights answers. */
export function mustBeServed({ knobs }: InsightsState, region: string): void {
  const served = [...datacentres.map(({ slug }) => slug), ...empty];
  if (!served.includes(region) || knobs.unservedRegions.includes(region)) throw maintenancePage();
}
