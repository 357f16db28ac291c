import { randomBytes } from "node:crypto";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Clock } from "../clock.ts";
import { nameAction } from "../platform-server.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import { S3Error, errorXml } from "./errors.ts";
import { openRequest, readIncoming, readPath, withQueryHeaders } from "./incoming.ts";
import type { Permission, S3Answer, S3Host, S3Request } from "./operations/operation.ts";
import { type OperationTable, UnknownCallError, checkHeaders, findOperation } from "./routing.ts";
import type { IncomingRequest } from "./signature/message.ts";
import { type Verifier, isFromElsewhere } from "./signature/verify.ts";
import { requireBucket } from "./store.ts";

/** Whether something is allowed, and if not, why. */
export type Verdict =
  { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** What makes a server of S3 that of a certain platform. */
export interface S3Service extends OperationTable {
  readonly host: S3Host;
  readonly clock: Clock;
  readonly verifier: Verifier;
  /** Whether checksums behind the body are read; a platform that does not know them finds the body incomplete. */
  readonly acceptsTrailers: boolean;
  /**
   * Decides what the sender of a request may do.
   *
   * @param sender access key id; `undefined` for the anonymous.
   */
  readonly authorise: (
    sender: string | undefined,
    request: S3Request,
    sourceIp: string,
  ) => (permission: Permission) => Verdict;
  /** Told of everything that is not known here: a rehearsal fails on it. */
  readonly onFinding: (finding: string) => void;
  /** Runs before each request, with the virtual time: what should have happened by now, happens. */
  readonly beforeRequest?: (now: Date) => void;
}

/** Serves S3 at every path of a server, path style. */
export function serveS3(server: FastifyInstance, service: S3Service): void {
  // A scope of its own, so that bodies stay as they are here and JSON elsewhere.
  server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, parsed) => {
      parsed(null, body);
    });
    scope.setErrorHandler((error: Error & { code?: string }, request, reply) =>
      sendError(error, request, reply, service),
    );
    scope.route({
      method: ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"],
      url: "/*",
      exposeHeadRoute: false,
      handler: (request, reply) => send(reply, handle(request, service)),
    });
    done();
  });
  server.setNotFoundHandler((request, reply) => {
    service.onFinding(`${request.method} ${request.url}: the method is not known here.`);
    return sendError(new S3Error("MethodNotAllowed"), request, reply, service);
  });
}

function handle(request: FastifyRequest, service: S3Service): S3Answer {
  const now = service.clock.now();
  service.beforeRequest?.(now);
  const incoming = readIncoming(request);
  const path = readPath(incoming.path);
  if (incoming.method === "OPTIONS") return preflight(incoming, path.bucket, service);
  const query = new Map(incoming.query);
  const method = incoming.method;
  const call = { method, ...path, query, headers: withQueryHeaders(incoming) };
  const operation = findOperation(service, call);
  nameAction(request, `s3:${operation.name}`);
  const opened = openRequest(incoming, service.verifier, service.acceptsTrailers);
  checkHeaders(operation, opened);
  const s3Request = { ...call, headers: opened.headers, body: opened.body, now };
  if (operation.level !== "service" && operation.name !== "CreateBucket") {
    if (service.host.isNameTaken(path.bucket)) throw new S3Error("AccessDenied");
    requireBucket(service.host.store, path.bucket);
  }
  checkOwner(s3Request, service.host);
  const judge = service.authorise(opened.sender, s3Request, request.ip);
  for (const permission of operation.permissions(s3Request)) {
    const verdict = judge(permission);
    if (!verdict.allowed) throw new S3Error("AccessDenied", { message: verdict.reason });
  }
  const may = (permission: Permission) => judge(permission).allowed;
  const answer = operation.run({ request: s3Request, host: service.host, may });
  return {
    ...answer,
    headers: { ...answer.headers, ...crossOrigin(incoming, path.bucket, service) },
  };
}

function checkOwner({ headers }: S3Request, { ownerId }: S3Host): void {
  const expected = headers["x-amz-expected-bucket-owner"];
  if (expected !== undefined && expected !== ownerId) throw new S3Error("AccessDenied");
}

function preflight(incoming: IncomingRequest, name: string, { host }: S3Service): S3Answer {
  const bucket = requireBucket(host.store, name);
  return { headers: preflightHeaders(bucket.cors ?? host.defaultCors ?? [], incoming.headers) };
}

function crossOrigin(
  { headers, method }: Pick<IncomingRequest, "headers" | "method">,
  name: string,
  { host }: S3Service,
): Record<string, string> {
  const bucket = host.store.buckets.get(name);
  return bucket ? corsHeaders(bucket.cors ?? host.defaultCors ?? [], method, headers) : {};
}

function requestIds(): Record<string, string> {
  return {
    "x-amz-request-id": randomBytes(8).toString("hex").toUpperCase(),
    "x-amz-id-2": randomBytes(24).toString("base64"),
  };
}

function send(reply: FastifyReply, { status = 200, headers = {}, body }: S3Answer): FastifyReply {
  const isHead = reply.request.method === "HEAD";
  void reply
    .code(status)
    .headers({ ...requestIds(), server: "rehearsal", ...headers })
    .header("content-length", String(status === 304 ? 0 : (body?.length ?? 0)));
  // An answer without content has no length of its own either.
  if (status === 204 || status === 304) void reply.removeHeader("content-length");
  return isHead || !body ? reply.send() : reply.send(body);
}

function sendError(
  error: Error & { readonly code?: string },
  request: FastifyRequest,
  reply: FastifyReply,
  service: S3Service,
): FastifyReply {
  const s3Error = asS3Error(error);
  const incoming = readIncoming(request);
  if (error instanceof UnknownCallError && !isFromElsewhere(incoming, service.verifier)) {
    service.onFinding(error.message);
  }
  if (s3Error.code === "InternalError") {
    service.onFinding(`${incoming.method} ${incoming.path}: ${error.message}`);
  }
  const ids = requestIds();
  const body = Buffer.from(errorXml(s3Error, incoming.path, ids["x-amz-request-id"] ?? ""));
  const bucket = incoming.path.split("/")[1] ?? "";
  return send(reply, {
    status: s3Error.status,
    headers: {
      ...ids,
      "content-type": "application/xml",
      ...crossOrigin(incoming, bucket, service),
      ...s3Error.details.headers,
    },
    body,
  });
}

function asS3Error(error: Error & { readonly code?: string }): S3Error {
  if (error instanceof S3Error) return error;
  if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") return new S3Error("EntityTooLarge");
  return new S3Error("InternalError");
}
