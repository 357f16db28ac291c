import cors from "@fastify/cors";
import rateLimit from "@fastify/rate-limit";
import { RequestError } from "@mam-services/common/errors";
import { createServer } from "@mam-services/common/requests";
import { errorRate, p95 } from "@mam-services/common/service-levels/objectives";
import { countRequests, serveLevels } from "@mam-services/common/service-levels/serve";
import { SharedLevels } from "@mam-services/common/service-levels/shared";
import { stepOf } from "@mam-services/common/service-levels/times";
import { createStorage } from "@mam-services/common/storage";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";

import { SegmentCache } from "./cache/segment-cache.ts";
import type { EdgeEnvironment } from "./environment.ts";
import { StorageHealth, serveHealth } from "./health.ts";
import { routedPath, serveMedia } from "./media/routes.ts";
import { Origin } from "./origin/origin.ts";

/** Seconds for which a browser need not ask again whether it may send a Range header. */
const preflightSeconds = 600;

/** Client addresses whose requests are counted at a time; the least recent one is forgotten first. */
const countedAddresses = 20_000;

/** Requests for service levels of a client address in a minute: several checks and people, and no flood. */
const levelsLimit = { max: 60, timeWindow: 60_000 };

/** Makes the edge, ready to listen. Closing it ends its cache and its connections too. */
export async function createEdge(
  environment: EdgeEnvironment,
  logger: Logger,
): Promise<FastifyInstance> {
  const server = createServer({ logger, routedPath });
  const origin = createOrigin(environment);
  const cache = new SegmentCache({
    path: environment.CACHE_PATH,
    maxBytes: environment.CACHE_MAX_BYTES,
    open: (...asked) => origin.open(...asked),
    logger,
  });
  server.addHook("onClose", async () => {
    origin.close();
    await cache.close();
  });
  await allowOrigins(server, environment.CORS_ORIGINS);
  await limitRates(server);
  const levels = createLevels(environment, logger);
  countRequests(server, levels.counts, false);
  serveLevels(
    server,
    "/service-levels",
    { read: () => levels.read(), send: () => levels.send() },
    { config: { rateLimit: levelsLimit } },
  );
  serveHealth(server, new StorageHealth(() => origin.probe()), environment.RELEASE_DIGEST);
  serveMedia(
    server,
    {
      origin,
      cache,
      begun: (milliseconds) => {
        levels.counts.time(stepOf(milliseconds), Date.now() / 1000);
      },
      broke: () => {
        levels.counts.request(true, Date.now() / 1000);
      },
    },
    { keys: environment.keys, skewSeconds: environment.CLOCK_SKEW_SECONDS },
    { max: environment.RATE_LIMIT_MAX, timeWindow: environment.RATE_LIMIT_WINDOW },
  );
  return server;
}

function createLevels(environment: EdgeEnvironment, logger: Logger): SharedLevels {
  return new SharedLevels({
    service: "edge",
    objectives: environment,
    measure: (counts) => [
      errorRate(counts, environment),
      p95("first-byte", counts, environment.SERVICE_LEVEL_FIRST_BYTE_MS, environment),
    ],
    base: environment.SERVICE_LEVELS_BASE,
    logger,
  });
}

function createOrigin(environment: EdgeEnvironment): Origin {
  const storage = createStorage({
    endpoint: environment.WASABI_ENDPOINT,
    region: environment.WASABI_REGION,
    accessKeyId: environment.WASABI_PREVIEWS_ACCESS_KEY,
    secretAccessKey: environment.WASABI_PREVIEWS_SECRET,
  });
  return new Origin({
    storage,
    endpoint: environment.WASABI_ENDPOINT,
    bucket: environment.PREVIEWS_BUCKET,
    timeoutMs: environment.FETCH_TIMEOUT_MS,
  });
}

/** `Vary: Origin` is on every answer: a poster from a plain `<img>` is kept without the header that a player needs. */
async function allowOrigins(server: FastifyInstance, origin: string[]): Promise<void> {
  await server.register(cors, {
    origin,
    methods: ["GET", "HEAD"],
    allowedHeaders: ["Range", "If-Range", "If-None-Match", "If-Modified-Since"],
    exposedHeaders: ["Accept-Ranges", "Content-Length", "Content-Range", "ETag", "Retry-After"],
    maxAge: preflightSeconds,
  });
}

/** Counts by client address in this process: the edge has no Valkey, so each instance has a limit of its own. */
async function limitRates(server: FastifyInstance): Promise<void> {
  await server.register(rateLimit, {
    global: false,
    cache: countedAddresses,
    errorResponseBuilder: (_request, { after }) =>
      new RequestError(429, "too-many-requests", `Too many requests: try again in ${after}.`),
  });
}
