import type { Region } from "./regions.ts";

/** A range that DigitalOcean keeps for itself. */
export interface ReservedRange {
  /** The range in CIDR notation. */
  readonly cidr: string;
  /** The only region in which it is reserved; absent means in all of them. */
  readonly region?: Region;
}

/**
 * Ranges in which no VPC can be created. DigitalOcean refuses them only when the VPC is created, which is minutes into
 * a deployment; the rules refuse them before anything runs.
 *
 * Sources: docs.digitalocean.com/products/networking/vpc/concepts/plan-your-network and the release note of
 * 2025-03-07, which added 10.229.0.0/16.
 */
export const reservedRanges: readonly ReservedRange[] = [
  { cidr: "10.229.0.0/16" },
  { cidr: "10.244.0.0/16" },
  { cidr: "10.245.0.0/16" },
  { cidr: "10.246.0.0/24" },
  { cidr: "10.10.0.0/16", region: "nyc" },
];
