import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";

import type { Running } from "@mam-services/common/main";
import { createStorage } from "@mam-services/common/storage";
import type { Logger } from "pino";

import { LookupTables } from "./colour/lookup-tables.ts";
import { Card } from "./card/card.ts";
import type { WorkerEnvironment } from "./environment.ts";
import { Health, serveHealth } from "./health.ts";
import { type AttemptContext, workOn } from "./queue/attempt.ts";
import { connect } from "./queue/connection.ts";
import { takeJobs } from "./queue/intake.ts";
import { JobRecords } from "./queue/records.ts";
import { JobStream } from "./queue/stream.ts";
import { tellStatus } from "./status.ts";

/** Seconds without a byte after which a request to storage counts as broken off, and is tried again. */
const longestSilence = 60;

/** Starts a worker: it takes jobs until it is closed, and then gives back those that it works on. */
export async function startWorker(
  environment: WorkerEnvironment,
  logger: Logger,
  card: Card = Card.none("no card was looked for"),
): Promise<Running> {
  const worker = `${hostname()}-${randomUUID().slice(0, 8)}`;
  const valkey = connect(environment.REDIS_URL, worker, logger);
  const reader = connect(environment.REDIS_URL, `${worker}-reader`, logger, true);
  const stream = new JobStream(valkey, reader, {
    stream: environment.PREVIEW_STREAM,
    group: environment.PREVIEW_CONSUMER_GROUP,
    consumer: worker,
  });
  const tables = new LookupTables();
  const stopping = new AbortController();
  const health = new Health();
  const server = await serveHealth(health, {
    logger,
    release: environment.RELEASE_DIGEST,
    host: environment.HOST,
    port: environment.WORKER_HEALTH_PORT,
  });
  const context: AttemptContext = {
    ...attemptContext(environment, worker, tables),
    card,
    stream,
    records: new JobRecords(valkey, worker),
    health,
    logger,
    stopping: stopping.signal,
  };
  const intake = takeJobs({
    stream,
    logger,
    concurrency: environment.QUEUE_CONCURRENCY,
    stopping: stopping.signal,
    work: (entry) => workOn(context, entry),
    onReached: () => {
      health.reached();
    },
  });
  const { port: healthPort } = server.server.address() as AddressInfo;
  logger.info({ worker, healthPort }, "worker takes jobs");
  const silence = statusOf(environment, context, logger);
  return {
    log: logger,
    close: async () => {
      silence();
      stopping.abort();
      // Ends the read that waits for entries.
      reader.disconnect();
      await intake;
      await stream.giveBackAll().catch((error: unknown) => {
        logger.warn({ err: error }, "entries not given back");
      });
      valkey.disconnect();
      await server.close();
      await tables.remove();
    },
  };
}

/** Says in the log what makes previews, and what the machine is where it was told to. */
function statusOf(
  environment: WorkerEnvironment,
  { workshop, card }: AttemptContext,
  logger: Logger,
): () => void {
  const { encoder, decodes, scaler, reason } = card;
  logger.info({ encoder, decodes, scaler, reason }, "previews are encoded");
  const { WORKER_STATUS_KEY: key, PREVIEWS_BUCKET: bucket } = environment;
  if (key === undefined) return () => undefined;
  const { RELEASE_DIGEST: digest, WORKER_SETTINGS: settings } = environment;
  return tellStatus({ storage: workshop.storage, bucket, key, digest, settings, card, logger });
}

function attemptContext(environment: WorkerEnvironment, worker: string, tables: LookupTables) {
  const storage = createStorage({
    endpoint: environment.WASABI_ENDPOINT,
    region: environment.WASABI_REGION,
    accessKeyId: environment.WASABI_PREVIEWS_ACCESS_KEY,
    secretAccessKey: environment.WASABI_PREVIEWS_SECRET,
    silenceSeconds: longestSilence,
    attempts: environment.UPLOAD_RETRIES,
  });
  return {
    worker,
    apiBase: environment.API_BASE,
    attempts: environment.FFMPEG_RETRIES,
    buckets: { masters: environment.MASTERS_BUCKET, previews: environment.PREVIEWS_BUCKET },
    workshop: {
      storage,
      ffmpeg: environment.FFMPEG_PATH,
      segmentSeconds: environment.HLS_SEGMENT_SEC,
      tables,
      tries: environment.UPLOAD_RETRIES,
    },
  };
}
