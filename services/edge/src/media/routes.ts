import { RequestError } from "@mam-services/common/errors";
import { type LinkTarget, type SigningKeys, verifyLink } from "@mam-services/common/links";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { type Found, type Sources, find, findHead } from "./find.ts";
import { type MediaKind, cacheControl, kindOf } from "./kinds.ts";
import { ViewerGone, sendFound } from "./send.ts";

/** What links are verified with. */
export interface LinkVerification {
  readonly keys: SigningKeys;
  /** Seconds for which an expired link still counts. */
  readonly skewSeconds: number;
}

/** Where media is found, and who is told how that went. */
export interface MediaSources extends Sources {
  /** Called with the milliseconds from a request to the first byte of what it asked for. */
  readonly begun: (milliseconds: number) => void;
  /** Called for an answer that broke off though its viewer was there. */
  readonly broke: () => void;
}

/** What every link is routed as: the router decodes what it sees, and the signature is over the path as it came. */
const routedAs = "/m/-";

/** The path that the router is given instead of a request's own. */
export const routedPath = (url: string): string => (url.startsWith("/m/") ? routedAs : url);

/** Serves media below `/m/`, as docs/links.md describes it. */
export function serveMedia(
  server: FastifyInstance,
  sources: MediaSources,
  verification: LinkVerification,
  rateLimit: { readonly max: number; readonly timeWindow: number },
): void {
  server.route({
    method: ["GET", "HEAD"],
    url: "/m/*",
    config: { rateLimit },
    handler: (request, reply) => serve(request, reply, sources, verification),
  });
  server.route({
    method: ["POST", "PUT", "PATCH", "DELETE"],
    url: "/m/*",
    handler: (_request, reply) => {
      reply.header("allow", "GET, HEAD, OPTIONS");
      throw new RequestError(405, "method-not-allowed", "Media is read by GET and HEAD.");
    },
  });
}

async function serve(
  request: FastifyRequest,
  reply: FastifyReply,
  sources: MediaSources,
  verification: LinkVerification,
): Promise<void> {
  const { key, expires } = verified(request.originalUrl, verification);
  const kind = kindOf(key);
  const viewer = goneSignal(reply);
  const asked = { key, kind, headers: request.headers, viewer };
  let found: Found | undefined;
  try {
    found = await (request.method === "HEAD" ? findHead(sources, asked) : find(sources, asked));
    await sendFound(reply, found, headersOf(found, kind, expires), sources.begun);
  } catch (error) {
    const isGone = viewer.aborted || error instanceof ViewerGone;
    if (!isGone && !reply.raw.headersSent) throw error;
    if (!isGone) {
      sources.broke();
      request.log.error({ err: error, route: "/m/*" }, "stream broken off");
    }
    reply.hijack();
    reply.raw.destroy();
  } finally {
    await found?.release();
  }
}

function verified(url: string, { keys, skewSeconds }: LinkVerification): LinkTarget {
  const [path = ""] = url.split("?", 1);
  const verdict = verifyLink(path, keys, Date.now() / 1000, skewSeconds);
  if (typeof verdict === "object") return verdict;
  const isExpired = verdict === "expired";
  throw new RequestError(
    403,
    isExpired ? "link-expired" : "link-refused",
    isExpired ? "The link has expired." : "The link is not valid.",
  );
}

/** A signal that is aborted when the viewer goes before the answer is over. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) controller.abort(new ViewerGone("the viewer has gone"));
  });
  return controller.signal;
}

function headersOf({ plan, info, isListComplete }: Found, kind: MediaKind, expires: number) {
  return {
    "cache-control":
      plan.status < 400
        ? cacheControl(kind.keeping, expires - Date.now() / 1000, isListComplete)
        : "no-store",
    "accept-ranges": "bytes",
    "x-content-type-options": "nosniff",
    ...(info.etag !== "" && { etag: info.etag }),
    ...(info.lastModified !== "" && { "last-modified": info.lastModified }),
  };
}
