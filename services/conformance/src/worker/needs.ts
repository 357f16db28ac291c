import type { Need } from "../target.ts";

/** What every statement about jobs needs. */
export const workerNeeds: readonly Need[] = [
  "worker",
  "reports",
  "REDIS_URL",
  "PREVIEW_STREAM",
  "PREVIEW_CONSUMER_GROUP",
  "WASABI_ENDPOINT",
  "WASABI_REGION",
  "MASTERS_BUCKET",
  "PREVIEWS_BUCKET",
  "storage key",
];
