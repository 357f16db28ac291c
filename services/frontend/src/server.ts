import { createHash } from "node:crypto";
import { join } from "node:path";

import fastifyStatic from "@fastify/static";
import { createServer } from "@mam-services/common/requests";
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
}

/** Addresses at which the page shows something; every other is answered with the page and 404. */
const pages = ["/", "/assets/:id", "/s/:exp/:slot/:signature/:asset"];

/** Makes the server of the page. It keeps nothing and asks nobody: while it answers, it works. */
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
  await serveFiles(server, options.directory);
  servePage(server, options);
  return server;
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
