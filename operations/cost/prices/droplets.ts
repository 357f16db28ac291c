import { gpuSizes } from "../../../environments/platform/gpu-sizes.ts";
import { type Prices, published } from "../price.ts";

/** Prices of Droplets with a card, an hour, from the table that the rules of an environment know them by. */
export const dropletPrices: Prices = Object.fromEntries(
  Object.entries(gpuSizes).flatMap(([size, { hourlyUsd }]) =>
    hourlyUsd === undefined
      ? []
      : [
          [
            `droplet ${size}`,
            published(
              hourlyUsd,
              "Droplet and hour",
              "2026-05-28",
              "https://docs.digitalocean.com/products/droplets/details/pricing/",
            ),
          ],
        ],
  ),
);
