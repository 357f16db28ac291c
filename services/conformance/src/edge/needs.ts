import type { Need } from "../target.ts";

/** What statements about media need: a way to sign links, and storage to put something there. */
export const mediaNeeds: readonly Need[] = [
  "edge",
  "EDGE_SIGNING_KEY_A",
  "WASABI_ENDPOINT",
  "WASABI_REGION",
  "PREVIEWS_BUCKET",
  "storage key",
];
