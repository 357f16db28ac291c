import type { AddressInfo } from "node:net";

import cookie from "@fastify/cookie";
import type { Running } from "@mam-services/common/main";
import { createServer } from "@mam-services/common/requests";
import { countRequests, serveLevels } from "@mam-services/common/service-levels/serve";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";

import { assetRoutes } from "./assets/routes.ts";
import { createAssetViews } from "./assets/view.ts";
import { createPool } from "./database/pool.ts";
import { setTimeouts } from "./database/timeouts.ts";
import { type Environment, rotatedKey } from "./environment.ts";
import { healthRoute } from "./http/health.ts";
import { limitRequests, signInLimit } from "./http/limits.ts";
import { allowOrigins } from "./http/origins.ts";
import { translate } from "./http/refusals.ts";
import { secureHeaders } from "./http/secure-headers.ts";
import { startJobs } from "./jobs/jobs.ts";
import { reportRoutes } from "./jobs/reports.ts";
import { jobRoutes } from "./jobs/routes.ts";
import { createLinks } from "./links.ts";
import { startPromoter } from "./promotion/promoter.ts";
import { repeat } from "./repeat.ts";
import { createInternalServer } from "./service-levels/internal.ts";
import { ApiLevels } from "./service-levels/levels.ts";
import { createAccessTokens } from "./sessions/access-tokens.ts";
import { requireAccessToken } from "./sessions/authentication.ts";
import { deleteExpired } from "./sessions/refresh-tokens.ts";
import { sessionRoutes } from "./sessions/routes.ts";
import { storageClients } from "./storage-clients.ts";
import { createPartSigner } from "./uploads/presign.ts";
import { uploadRoutes } from "./uploads/routes.ts";
import { createValkey } from "./valkey.ts";

/** The API, running. */
export interface RunningApi extends Running {
  /** Port that it listens on. */
  readonly port: number;
}

/** Requests for service levels of a client address in a minute: several checks and people, and no flood. */
const levelsLimit = { max: 60, timeWindow: 60_000 };

/**
 * Starts the API: its server, and the work beside it.
 *
 * @throws when it cannot listen; nothing is left running then.
 */
export async function startApi(environment: Environment, log: Logger): Promise<RunningApi> {
  const parts = connect(environment, log);
  const work = startWork(environment, parts, log);
  const server = createServer({ logger: log, translate });
  const internal = createInternalServer(environment, parts.levels.together, log);
  const close = async () => {
    // Requests are finished, promotions given back: the next instance goes on with them.
    await Promise.all([server.close(), internal.close(), ...work.all.map((one) => one.stop())]);
    for (const client of [parts.limits, parts.queue, parts.counting]) client.disconnect();
    await parts.database.end();
  };
  try {
    await addPlugins(server, environment, parts);
    countRequests(server, parts.levels.counts, true);
    addRoutes(server, environment, parts, work);
    await listen(internal, environment.INTERNAL_PORT, environment.HOST);
    await listen(server, environment.PORT, environment.HOST);
  } catch (error) {
    await close();
    throw error;
  }
  const port = portOf(server);
  log.info({ port, internalPort: portOf(internal) }, "listening");
  return { port: port ?? 0, close, log };
}

/** Lets a server listen; without a port it stays closed. */
async function listen(server: FastifyInstance, port: number | undefined, host: string) {
  if (port !== undefined) await server.listen({ port, host });
}

const portOf = ({ server }: FastifyInstance) => (server.address() as AddressInfo | null)?.port;

/** Everything that the API talks to. */
function connect(environment: Environment, log: Logger) {
  const { POSTGRES_URL: url, POSTGRES_CA_CERT: certificateAuthority, REDIS_URL } = environment;
  const database = createPool({ url, certificateAuthority }, log);
  const counting = createValkey(REDIS_URL, "counting", log);
  const jobs = { database, valkey: counting, stream: environment.PREVIEW_STREAM };
  return {
    database,
    counting,
    levels: new ApiLevels(environment, jobs),
    limits: createValkey(REDIS_URL, "limits", log, { isTimed: false }),
    queue: createValkey(REDIS_URL, "queue", log),
    ...storageClients(environment),
  };
}

type Parts = ReturnType<typeof connect>;

function startWork(environment: Environment, parts: Parts, log: Logger) {
  const { database, promoter: client, queue: valkey } = parts;
  const { STAGING_BUCKET: stagingBucket, MASTERS_BUCKET: mastersBucket } = environment;
  const { PREVIEW_STREAM: name, PREVIEWS_BUCKET: previewsBucket } = environment;
  const jobs = startJobs(database, { valkey, name, mastersBucket, previewsBucket }, log);
  const tools = { database, client, stagingBucket, mastersBucket };
  const promotions = startPromoter(tools, jobs.soon, log);
  const cleaning = repeat("cleaning", 3600, () => deleteExpired(database), log);
  return { jobs, promotions, all: [jobs, promotions, cleaning] };
}

type Work = ReturnType<typeof startWork>;

async function addPlugins(
  server: FastifyInstance,
  environment: Environment,
  { limits }: Parts,
): Promise<void> {
  secureHeaders(server);
  await allowOrigins(server, environment.ALLOWED_ORIGINS);
  await limitRequests(server, limits, {
    max: environment.RATE_LIMIT_MAX,
    timeWindow: environment.RATE_LIMIT_WINDOW,
  });
}

function addRoutes(
  server: FastifyInstance,
  environment: Environment,
  { database, uploader, promoter, queue, levels }: Parts,
  { jobs, promotions }: Work,
): void {
  const accessTokenSeconds = environment.ACCESS_TOKEN_TTL_SECONDS;
  const tokens = createAccessTokens(rotatedKey(environment, "JWT_SECRET"), {
    lifetimeSeconds: accessTokenSeconds,
    clockSkewSeconds: environment.CLOCK_SKEW_SECONDS,
  });
  const links = createLinks({
    key: rotatedKey(environment, "EDGE_SIGNING_KEY"),
    mediaBase: environment.EDGE_PUBLIC_BASE,
    // The first one is the app's own host.
    appBase: environment.ALLOWED_ORIGINS[0] ?? "",
    lifetimeSeconds: environment.SHARE_LINK_TTL_SECONDS,
  });
  const views = createAssetViews(database, links, environment.OBJECT_LOCK_DEFAULT_DAYS);

  healthRoute(server, {
    database,
    valkey: queue,
    release: environment.RELEASE_DIGEST,
    prepare: () => setTimeouts(database),
  });
  serveLevels(server, "/api/service-levels", levels, { config: { rateLimit: levelsLimit } });
  void server.register(async (withCookies) => {
    // Here alone: it looks at every request, and makes its answers wait.
    await withCookies.register(cookie, { secret: cookieSecrets(environment) });
    sessionRoutes(withCookies, {
      database,
      tokens,
      accessTokenSeconds,
      refreshTokenSeconds: environment.REFRESH_TOKEN_TTL_SECONDS,
      limitSignIns: signInLimit(server),
    });
  });
  reportRoutes(server, database);
  void server.register((signedIn, _options, done) => {
    requireAccessToken(signedIn, tokens);
    uploadRoutes(signedIn, {
      database,
      views,
      staging: { bucket: environment.STAGING_BUCKET, uploader, reader: promoter },
      maximumBytes: environment.UPLOAD_MAX_BYTES,
      partBytes: environment.UPLOAD_PART_BYTES,
      signPart: createPartSigner(uploader, environment.UPLOAD_URL_TTL_SECONDS),
      urlSeconds: environment.UPLOAD_URL_TTL_SECONDS,
      presignLimit: { max: environment.RL_PRESIGN_MAX, timeWindow: environment.RL_PRESIGN_WINDOW },
    });
    assetRoutes(signedIn, {
      database,
      views,
      links,
      promoteLimit: { max: environment.RL_PROMOTE_MAX, timeWindow: environment.RL_PROMOTE_WINDOW },
      promoteSoon: promotions.soon,
      enqueueSoon: jobs.soon,
    });
    jobRoutes(signedIn, database);
    done();
  });
}

/** Cookies are signed by the first one, and read by all of them. */
function cookieSecrets(environment: Environment): string[] {
  const { keys, active } = rotatedKey(environment, "COOKIE_SECRET");
  return [keys[active], keys.A, keys.B].filter((key) => key !== "");
}
