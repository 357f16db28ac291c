import cors from "@fastify/cors";
import type { FastifyInstance } from "fastify";

import { RequestError } from "@mam-services/common/errors";
import { limitHeaders } from "./limits.ts";

const reading = ["GET", "HEAD", "OPTIONS"];

/**
 * Lets pages of the allowed origins call, and no others.
 *
 * With one origin App Platform's ingress answers CORS, and a second answer from here would make browsers refuse both;
 * with several it answers nothing, and this does (docs/environment-variables.md, ALLOWED_ORIGINS).
 */
export async function allowOrigins(
  server: FastifyInstance,
  origins: readonly string[],
): Promise<void> {
  refuseForeignPages(server, origins);
  if (origins.length < 2) return;
  await server.register(cors, {
    origin: [...origins],
    credentials: true,
    methods: ["GET", "HEAD", "POST", "DELETE"],
    allowedHeaders: ["authorization", "content-type"],
    exposedHeaders: limitHeaders,
    maxAge: 600,
  });
}

/**
 * Refuses what a page of another origin sends with a person's cookies. Browsers say where a page comes from, and no
 * page can change it; `same-origin` also holds under the app's default address, which is in no list. Programs send
 * neither header and have no cookies to abuse.
 */
function refuseForeignPages(server: FastifyInstance, origins: readonly string[]): void {
  server.addHook("onRequest", (request, _reply, done) => {
    const { origin, "sec-fetch-site": site } = request.headers;
    const isOwn = origin === undefined || origins.includes(origin) || site === "same-origin";
    if (reading.includes(request.method) || isOwn) done();
    else done(new RequestError(403, "foreign-origin", "Pages of this origin may not call."));
  });
}
