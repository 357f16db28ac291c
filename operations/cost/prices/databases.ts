import { type Prices, secondHand } from "../price.ts";

/** Pages of the vendor's prices. GET /v2/databases/options lists sizes without prices. */
export const databasePricing = {
  postgres: "https://docs.digitalocean.com/products/databases/postgresql/details/pricing/",
  valkey: "https://docs.digitalocean.com/products/databases/valkey/details/pricing/",
} as const;

const node = (amount: number, cluster: keyof typeof databasePricing) =>
  secondHand(amount, "node and month", "2026-10", databasePricing[cluster]);

/** Prices of managed databases, by cluster, edition and size. A size that is not here has no price that we could find. */
export const databasePrices = {
  "postgres standard db-s-1vcpu-2gb": node(30.45, "postgres"),
  // "From 130 a node": that of the edition's smallest plan.
  "postgres advanced gd-2vcpu-8gb": { ...node(130, "postgres"), atLeast: true },
  "postgres standard storage": { ...node(0.215, "postgres"), per: "GiB and month" },
  "valkey db-s-1vcpu-2gb": node(30, "valkey"),
} as const satisfies Prices;
