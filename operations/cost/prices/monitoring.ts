import { type Prices, published } from "../price.ts";

/** Prices of what watches the platform. Alerts cost nothing beside their checks (same page). */
export const monitoringPrices = {
  "uptime check": published(
    1,
    "check and month",
    "2026-03-27",
    "https://docs.digitalocean.com/products/uptime/details/",
  ),
} as const satisfies Prices;
