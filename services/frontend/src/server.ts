import { createHash } from "node:crypto";
import { join } from "node:path";

import fastifyStatic from "@fastify/static";
import rateLimit from "@fastify/rate-limit";
import { RequestError } from "@mam-services/common/errors";
import { createServer } from "@mam-services/common/requests";
import { type RequestObjectives, errorRate } from "@mam-services/common/service-levels/objectives";
import { countRequests, serveLevels } from "@mam-services/common/service-levels/serve";
import { SharedLevels } from "@mam-services/common/service-levels/shared";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Logger } from "pino";

import { type FileNames, renderPage } from "./page.ts";
import { type Hosts, securityHeaders } from "./policy.ts";

/** What a frontend is made of. */
export interface FrontendOptions {
  readonly logger: Logger;
  readonly environment: string;
  /** Digest of the running image. */
  readonly release: string;
  readonly hosts: Hosts;
  readonly apiPath: string;
  /** Where the build put the page. */
  readonly directory: string;
  readonly files: FileNames;
  /** What is expected of it. */
  readonly objectives: RequestObjectives;
  /** The API's internal port, where counts are sent. */
  readonly countsBase: string | undefined;
}

/** Requests for service levels of a client address in a minute: several checks and people, and no flood. */
const levelsLimit = { max: 60, timeWindow: 60_000 };

/** Client addresses whose requests for them are counted at a time. */
const countedAddresses = 5000;

/** Addresses at which the page shows something; every other is answered with the page and 404. */
const pages = ["/", "/assets/:id", "/s/:exp/:slot/:signature/:asset"];

/** Makes the server of the page. It keeps nothing: while it answers, it works. */
export async function createFrontend(options: FrontendOptions): Promise<FastifyInstance> {
  const server = createServer({ logger: options.logger, bodyLimit: 1024 });
  const headers = securityHeaders(options.hosts);
  server.addHook("onRequest", (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
  server.get("/api/health", () => ({
    status: "ok",
    service: "frontend",
    release: options.release,
    checks: { page: "ok" },
  }));
  await serveServiceLevels(server, options);
  await serveFiles(server, options.directory);
  servePage(server, options);
  return server;
}

async function serveServiceLevels(server: FastifyInstance, options: FrontendOptions) {
  const { objectives, countsBase: base, logger } = options;
  const levels = new SharedLevels({
    service: "frontend",
    objectives,
    measure: (counts) => [errorRate(counts, objectives)],
    base,
    logger,
  });
  countRequests(server, levels.counts, false);
  await server.register(rateLimit, {
    global: false,
    cache: countedAddresses,
    errorResponseBuilder: (_request, { after }) =>
      new RequestError(429, "too-many-requests", `Too many requests: try again in ${after}.`),
  });
  serveLevels(
    server,
    "/service-levels",
    { read: () => levels.read(), send: () => levels.send() },
    { config: { rateLimit: levelsLimit } },
  );
}

/** Files whose names carry a hash of their content never change: browsers keep them for a year without asking. */
async function serveFiles(server: FastifyInstance, directory: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: join(directory, "static"),
    prefix: "/static/",
    index: false,
    wildcard: true,
    immutable: true,
    maxAge: "1y",
    preCompressed: true,
    decorateReply: false,
  });
}

/**
 * The page itself is asked for each time: it names the newest files. Where there is nothing, a person sees the page,
 * which says so, and a program gets the error that every service answers.
 */
function servePage(server: FastifyInstance, options: FrontendOptions): void {
  const { files, hosts, apiPath, environment } = options;
  const page = renderPage(files, { apiPath, edgeBase: hosts.media, environment });
  const etag = `"${createHash("sha256").update(page).digest("base64url").slice(0, 22)}"`;
  const send = (reply: FastifyReply) =>
    reply.headers({ "cache-control": "no-cache", etag }).type("text/html; charset=utf-8");
  for (const address of pages)
    server.get(address, (request, reply) =>
      request.headers["if-none-match"] === etag
        ? send(reply).code(304).send()
        : send(reply).send(page),
    );
  server.get("/*", (request, reply) => {
    if (request.headers.accept?.includes("text/html") !== true) {
      reply.callNotFound();
      return reply;
    }
    void reply.code(404).header("cache-control", "no-store");
    return reply.type("text/html; charset=utf-8").send(page);
  });
}
