import type { Need } from "../target.ts";
import { workerNeeds } from "../worker/needs.ts";

/** What calls by our own protocol need. */
export const apiNeeds: readonly Need[] = ["api", "account"];

/** What a film on its whole way needs. */
export const pipelineNeeds: readonly Need[] = [
  ...apiNeeds,
  ...workerNeeds,
  "ffmpeg",
  "HLS_SEGMENT_SEC",
];
