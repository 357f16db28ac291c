import {
  baseAddress,
  port,
  processVariables,
  storageVariables,
  text,
  wholeNumber,
} from "@mam-services/common/environment";
import { z } from "zod";

const atLeastOne = wholeNumber.pipe(z.number().min(1, "expected at least 1"));

/** Environment variables of the worker, as docs/environment-variables.md lists them. */
export const workerVariables = {
  ...processVariables,
  ...storageVariables,
  WORKER_HEALTH_PORT: port,
  API_BASE: baseAddress,
  REDIS_URL: z.url({
    protocol: /^rediss?$/,
    error: "expected an address that begins with rediss:// or redis://",
  }),
  PREVIEW_STREAM: text,
  PREVIEW_CONSUMER_GROUP: text,
  MASTERS_BUCKET: text,
  PREVIEWS_BUCKET: text,
  WASABI_PREVIEWS_ACCESS_KEY: text,
  WASABI_PREVIEWS_SECRET: text,
  QUEUE_CONCURRENCY: atLeastOne,
  HLS_SEGMENT_SEC: atLeastOne,
  FFMPEG_RETRIES: atLeastOne,
  UPLOAD_RETRIES: atLeastOne,
  /** Program to encode with; by default the one that the PATH finds. */
  FFMPEG_PATH: text.default("ffmpeg"),
  /** Key in the bucket of previews under which a machine says what it is; without it nothing is said. */
  WORKER_STATUS_KEY: text.optional(),
  /** What the machine was made from, to be said there. */
  WORKER_SETTINGS: z.string().default(""),
};

/** What the worker is told. */
export type WorkerEnvironment = z.output<z.ZodObject<typeof workerVariables>>;
