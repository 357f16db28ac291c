import type { Prices } from "../price.ts";
import { appPlatformPrices } from "./app-platform.ts";
import { databasePrices } from "./databases.ts";
import { dropletPrices } from "./droplets.ts";
import { monitoringPrices } from "./monitoring.ts";
import { storagePrices } from "./storage.ts";

/** Every price that was found, with its date and source. What is not here is said to be unknown, and never guessed. */
export const datedPrices: Prices = {
  ...appPlatformPrices,
  ...databasePrices,
  ...dropletPrices,
  ...storagePrices,
  ...monitoringPrices,
};
