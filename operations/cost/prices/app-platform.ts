import { type Prices, published } from "../price.ts";

/** Page of the vendor's prices. Its numbers are those of GET /v2/apps/tiers/instance_sizes. */
const appPlatformPricing = "https://docs.digitalocean.com/products/app-platform/details/pricing/";

const size = (amount: number) =>
  published(amount, "instance and month", "2025-08-29", appPlatformPricing);

/** Prices of App Platform: what a component of each size costs, and what data costs that leaves it. */
export const appPlatformPrices = {
  "app apps-s-1vcpu-0.5gb": size(5),
  "app apps-s-1vcpu-1gb-fixed": size(10),
  "app apps-s-1vcpu-1gb": size(12),
  "app apps-s-1vcpu-2gb": size(25),
  "app apps-s-2vcpu-4gb": size(50),
  "app apps-d-1vcpu-0.5gb": size(29),
  "app apps-d-1vcpu-1gb": size(34),
  "app apps-d-1vcpu-2gb": size(39),
  "app apps-d-1vcpu-4gb": size(49),
  "app apps-d-2vcpu-4gb": size(78),
  "app apps-d-2vcpu-8gb": size(98),
  "app apps-d-4vcpu-8gb": size(156),
  "app apps-d-4vcpu-16gb": size(196),
  "app apps-d-8vcpu-32gb": size(392),
  "app transfer": published(0.02, "GiB", "2025-08-29", appPlatformPricing),
} as const satisfies Prices;

/** GiB that may leave App Platform in a month without being billed, for each instance of a size. Source: the same page. */
export const transferAllowances: Readonly<Record<string, number>> = {
  "apps-s-1vcpu-0.5gb": 50,
  "apps-s-1vcpu-1gb-fixed": 100,
  "apps-s-1vcpu-1gb": 150,
  "apps-s-1vcpu-2gb": 200,
  "apps-s-2vcpu-4gb": 250,
  "apps-d-1vcpu-0.5gb": 100,
  "apps-d-1vcpu-1gb": 200,
  "apps-d-1vcpu-2gb": 300,
  "apps-d-1vcpu-4gb": 400,
  "apps-d-2vcpu-4gb": 500,
  "apps-d-2vcpu-8gb": 600,
  "apps-d-4vcpu-8gb": 700,
  "apps-d-4vcpu-16gb": 800,
  "apps-d-8vcpu-32gb": 900,
};
