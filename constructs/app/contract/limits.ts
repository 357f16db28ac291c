import { allowedOrigins } from "../../domain/allowed-origins.ts";
import { type ContractVariable, fromConfig, constant, computed } from "./variable.ts";

const origins = computed("`domain.appHost`, `domain.extraOrigins`", ({ config }) =>
  allowedOrigins(config).join(","),
);

/** Rate limits, sizes and times that keep one client or one job from taking everything. Windows are in milliseconds. */
export const limitVariables: readonly ContractVariable[] = [
  {
    name: "ALLOWED_ORIGINS",
    components: ["api"],
    source: origins,
    meaning:
      "Origins that may call the API with credentials, separated by commas. Whenever there are several, the API alone answers CORS.",
  },
  {
    name: "CORS_ORIGINS",
    components: ["edge"],
    source: origins,
    meaning: "Origins whose players may fetch media, separated by commas.",
  },
  {
    name: "RATE_LIMIT_MAX",
    components: ["api"],
    source: fromConfig("services.api.rateLimits.all.maximum"),
    meaning: "Requests for each client address within the window.",
  },
  {
    name: "RATE_LIMIT_WINDOW",
    components: ["api"],
    source: fromConfig("services.api.rateLimits.all.windowSeconds", 1000),
    meaning: "Window of RATE_LIMIT_MAX.",
  },
  {
    name: "RL_PRESIGN_MAX",
    components: ["api"],
    source: fromConfig("services.api.rateLimits.presign.maximum"),
    meaning: "Requests for upload URLs within the window.",
  },
  {
    name: "RL_PRESIGN_WINDOW",
    components: ["api"],
    source: fromConfig("services.api.rateLimits.presign.windowSeconds", 1000),
    meaning: "Window of RL_PRESIGN_MAX.",
  },
  {
    name: "RL_PROMOTE_MAX",
    components: ["api"],
    source: fromConfig("services.api.rateLimits.promote.maximum"),
    meaning: "Promotions within the window.",
  },
  {
    name: "RL_PROMOTE_WINDOW",
    components: ["api"],
    source: fromConfig("services.api.rateLimits.promote.windowSeconds", 1000),
    meaning: "Window of RL_PROMOTE_MAX.",
  },
  {
    name: "RATE_LIMIT_MAX",
    components: ["edge"],
    source: fromConfig("services.edge.rateLimit.maximum"),
    meaning: "Playback requests for each client address within the window.",
  },
  {
    name: "RATE_LIMIT_WINDOW",
    components: ["edge"],
    source: fromConfig("services.edge.rateLimit.windowSeconds", 1000),
    meaning: "Window of RATE_LIMIT_MAX.",
  },
  {
    name: "FETCH_TIMEOUT_MS",
    components: ["edge"],
    source: fromConfig("services.edge.fetchTimeoutMilliseconds"),
    meaning: "Time that storage has to begin its answer.",
  },
  {
    name: "CACHE_PATH",
    components: ["edge"],
    source: constant("/tmp/previews"),
    meaning: "Directory of the segment cache; lost with the instance.",
  },
  {
    name: "CACHE_MAX_BYTES",
    components: ["edge"],
    source: fromConfig("services.edge.scratchCacheMib", 1024 ** 2),
    meaning: "Size of the segment cache. An instance with a full disk is killed.",
  },
  {
    name: "QUEUE_CONCURRENCY",
    components: ["worker"],
    source: fromConfig("services.worker.concurrency"),
    meaning: "Previews made at a time.",
  },
  {
    name: "HLS_SEGMENT_SEC",
    components: ["worker"],
    source: fromConfig("services.worker.segmentSeconds"),
    meaning: "Length of an HLS segment, in seconds.",
  },
  {
    name: "FFMPEG_RETRIES",
    components: ["worker"],
    source: fromConfig("services.worker.attempts"),
    meaning: "Attempts at transcoding.",
  },
  {
    name: "UPLOAD_RETRIES",
    components: ["worker"],
    source: fromConfig("services.worker.attempts"),
    meaning: "Attempts at uploading.",
  },
  {
    name: "TMPDIR",
    components: ["worker"],
    source: constant("/tmp"),
    meaning:
      "Scratch directory. An instance has 2 GiB of disk: masters are streamed, never stored.",
  },
];
