import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Clock } from "../clock.ts";
import { nameAction } from "../platform-server.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import { Body } from "./bodies/body.ts";
import type { Spool } from "./bodies/spool.ts";
import { S3Error, errorXml } from "./errors.ts";
import {
  type Sender,
  identify,
  readIncoming,
  readPath,
  receiveBody,
  withQueryHeaders,
} from "./incoming.ts";
import type {
  AskedRequest,
  Operation,
  Permission,
  S3Answer,
  S3Host,
} from "./operations/operation.ts";
import {
  type OperationTable,
  type RoutedCall,
  UnknownCallError,
  checkHeaders,
  findOperation,
} from "./routing.ts";
import type { IncomingRequest } from "./signature/message.ts";
import { type Verifier, isFromElsewhere } from "./signature/verify.ts";
import { filesOf, requireBucket } from "./store.ts";

/** Whether something is allowed, and if not, why. */
export type Verdict =
  { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** Largest bodies that requests may have, in bytes. */
interface S3Limits {
  /** Of an object that is put in one piece, and of a part. */
  readonly object: number;
  /** Of everything else, which is XML or JSON. */
  readonly document: number;
}

/**
 * Those of S3: 5 GiB for an object or a part (Amazon S3, multipart upload limits). The largest document is a completion with
 * 10 000 parts and their checksums, about 3 MiB; that 8 MiB are the limit is ours.
 */
const s3Limits: S3Limits = { object: 5 * 1024 ** 3, document: 8 * 1024 ** 2 };

/** What makes a server of S3 that of a certain platform. */
export interface S3Service extends OperationTable {
  readonly host: S3Host;
  readonly clock: Clock;
  readonly verifier: Verifier;
  /** Whether checksums behind the body are read; a platform that does not know them finds the body incomplete. */
  readonly acceptsTrailers: boolean;
  /** Where large bodies are kept; closed with the server. */
  readonly spool: Spool;
  /** Largest bodies; default: S3's. */
  readonly limits?: S3Limits;
  /**
   * Decides what the sender of a request may do.
   *
   * @param sender access key id; `undefined` for the anonymous.
   */
  readonly authorise: (
    sender: string | undefined,
    request: AskedRequest,
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
    // As it comes: who may not send it is told so before it is read.
    scope.addContentTypeParser("*", (_request, stream, parsed) => {
      parsed(null, stream);
    });
    scope.setErrorHandler((error: Error, request, reply) =>
      sendError(error, request, reply, service),
    );
    scope.route({
      method: ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"],
      url: "/*",
      exposeHeadRoute: false,
      handler: (request, reply) => answer(request, reply, service),
    });
    done();
  });
  server.setNotFoundHandler((request, reply) => {
    service.onFinding(`${request.method} ${request.url}: the method is not known here.`);
    return sendError(new S3Error("MethodNotAllowed"), request, reply, service);
  });
  server.addHook("onClose", () => service.spool.close());
}

async function answer(request: FastifyRequest, reply: FastifyReply, service: S3Service) {
  try {
    const answered = await handle(request, service);
    return await send(reply, answered);
  } catch (error) {
    // Whoever left before the whole request had come gets no answer, and nothing was done.
    if (request.raw.destroyed && !request.raw.complete) return await reply.hijack();
    throw error;
  } finally {
    await service.spool.sweep(() => filesOf(service.host.store));
  }
}

async function handle(request: FastifyRequest, service: S3Service): Promise<S3Answer> {
  const now = service.clock.now();
  service.beforeRequest?.(now);
  const incoming = readIncoming(request);
  const path = readPath(incoming.path);
  if (incoming.method === "OPTIONS") return preflight(incoming, path.bucket, service);
  const query = new Map(incoming.query);
  const call = { method: incoming.method, ...path, query, headers: withQueryHeaders(incoming) };
  const operation = findOperation(service, call);
  nameAction(request, `s3:${operation.name}`);
  const sender = identify(incoming, service.verifier);
  const judge = judgeOf({ call, operation, sender, now, sourceIp: request.ip }, service);
  const rules = { ...service, limit: limitOf(operation, service) };
  const received = await receiveBody(incoming, sender, bytesOf(request, incoming), rules);
  try {
    checkHeaders(operation, received);
    const may = (permission: Permission) => judge(permission).allowed;
    const done = { request: { ...call, ...received, now }, host: service.host, may };
    const { headers, ...rest } = await operation.run(done);
    return { ...rest, headers: { ...headers, ...crossOrigin(incoming, path.bucket, service) } };
  } finally {
    service.spool.release(received.body);
  }
}

/** A request of which everything has come but its body. */
interface Announced {
  readonly call: RoutedCall;
  readonly operation: Operation;
  readonly sender: Sender;
  readonly now: Date;
  readonly sourceIp: string;
}

/** Decides all that can be decided before a body comes. @throws S3Error */
function judgeOf(
  { call, operation, sender, now, sourceIp }: Announced,
  service: S3Service,
): (permission: Permission) => Verdict {
  checkHeaders(operation, sender);
  const asked = { ...call, headers: sender.headers, now };
  if (operation.level !== "service" && operation.name !== "CreateBucket") {
    if (service.host.isNameTaken(call.bucket)) throw new S3Error("AccessDenied");
    requireBucket(service.host.store, call.bucket);
  }
  checkOwner(asked, service.host);
  const judge = service.authorise(sender.signature?.accessKeyId, asked, sourceIp);
  for (const permission of operation.permissions(asked)) {
    const verdict = judge(permission);
    if (!verdict.allowed) throw new S3Error("AccessDenied", { message: verdict.reason });
  }
  return judge;
}

function limitOf({ takesObject }: Operation, { limits = s3Limits }: S3Service): number {
  return takesObject ? limits.object : limits.document;
}

async function* bytesOf(request: FastifyRequest, { body }: IncomingRequest) {
  if (body) yield body;
  else for await (const bytes of request.raw) yield bytes as Buffer;
}

function checkOwner({ headers }: Pick<AskedRequest, "headers">, { ownerId }: S3Host): void {
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
  return reply.send(isHead || !body ? undefined : contentOf(body));
}

/** What is on disk is read as the client takes it: the stream ends with the connection. */
function contentOf(body: Body): Buffer | Readable {
  return body.isInMemory ? body.bytes() : Readable.from(body.chunks(), { highWaterMark: 1 });
}

function sendError(
  error: Error,
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
  const xml = errorXml(s3Error, incoming.path, ids["x-amz-request-id"] ?? "");
  const bucket = incoming.path.split("/")[1] ?? "";
  return send(reply, {
    status: s3Error.status,
    headers: {
      ...ids,
      "content-type": "application/xml",
      ...crossOrigin(incoming, bucket, service),
      ...s3Error.details.headers,
    },
    body: Body.of(Buffer.from(xml)),
  });
}

function asS3Error(error: Error): S3Error {
  return error instanceof S3Error ? error : new S3Error("InternalError");
}
