import { type Prices, secondHand } from "../price.ts";

const pages = {
  wasabi: "https://wasabi.com/pricing",
  wasabiEgress: "https://wasabi.com/pricing/faq",
  spaces: "https://docs.digitalocean.com/products/spaces/details/pricing/",
} as const;

/** Prices of object storage. Of Wasabi they are those of pay-as-you-go, which are the same in every region. */
export const storagePrices = {
  "wasabi storage": secondHand(7.99, "TiB and month", "2026-07-01", pages.wasabi),
  "wasabi transfer": secondHand(0, "GiB", "2026-07-01", pages.wasabiEgress),
  "spaces subscription": secondHand(5, "account and month", "2026-11", pages.spaces),
} as const satisfies Prices;

/**
 * Days that Wasabi bills an object for at least, however early it is deleted: pay-as-you-go.
 * Source: docs.wasabi.com/v1/docs/how-does-wasabis-minimum-storage-duration-policy-work
 */
export const wasabiLeastDays = 90;

/**
 * GiB of storage that Wasabi bills an account for at least.
 * Source: wasabi-support.zendesk.com, article 360059412931, "1 TB (1024 GB)".
 */
export const wasabiLeastGib = 1024;

/** GiB that a subscription of Spaces holds. Source: the page of its prices. */
export const spacesIncludedGib = 250;
