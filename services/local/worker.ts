import type { Variables } from "./api-variables.ts";
import type { TestStorage } from "./storage.ts";

/** The stream of preview jobs, and the group that reads it. */
export const stream = { name: "previews:build", group: "previewers" };

/** What a worker is told, whoever starts it, but for its way to Valkey, its port and its ffmpeg. */
export function workerVariables(
  { endpoint, region, buckets, keys }: TestStorage,
  apiBase: string,
): Variables {
  return {
    NODE_ENV: "production",
    MAM_ENVIRONMENT: "test",
    LOG_LEVEL: "info",
    HOST: "127.0.0.1",
    API_BASE: apiBase,
    PREVIEW_STREAM: stream.name,
    PREVIEW_CONSUMER_GROUP: stream.group,
    WASABI_ENDPOINT: endpoint,
    WASABI_REGION: region,
    MASTERS_BUCKET: buckets.masters,
    PREVIEWS_BUCKET: buckets.previews,
    WASABI_PREVIEWS_ACCESS_KEY: keys.transcoder.accessKeyId,
    WASABI_PREVIEWS_SECRET: keys.transcoder.secretAccessKey,
    QUEUE_CONCURRENCY: "1",
    HLS_SEGMENT_SEC: "4",
    FFMPEG_RETRIES: "3",
    UPLOAD_RETRIES: "3",
  };
}

/** A job as docs/jobs.md describes it, for a master that is in the bucket. */
export function previewJob(
  { buckets }: Pick<TestStorage, "buckets">,
  { id, asset, key }: { readonly id: string; readonly asset: string; readonly key: string },
) {
  return {
    version: 1,
    id,
    asset,
    master: { bucket: buckets.masters, key },
    preview: { bucket: buckets.previews, prefix: `${asset}/` },
    report: `/api/internal/previews/${id}`,
    token: "token-of-the-job",
    enqueuedAt: new Date().toISOString(),
  };
}
