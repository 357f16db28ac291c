import { Readable } from "node:stream";

import type { FastifyRequest } from "fastify";

import { Digests } from "./bodies/digests.ts";
import { BodyTooLong, type Spool } from "./bodies/spool.ts";
import { announcedChecksums } from "./checksums.ts";
import { S3Error } from "./errors.ts";
import type { S3Request } from "./operations/operation.ts";
import { SignatureFailure } from "./signature/failure.ts";
import { type IncomingRequest, readQuery, uriDecode } from "./signature/message.ts";
import { hasTrailer, readPayload } from "./signature/payload.ts";
import { s3SignatureError } from "./signature/s3-failure.ts";
import {
  type VerifiedSignature,
  type Verifier,
  isHashOfBody,
  verifyPayloadHash,
  verifySignature,
} from "./signature/verify.ts";

/** Longest key in bytes (Amazon S3, object key naming). */
const maxKeyBytes = 1024;

/** A request as it came over the wire. */
export function readIncoming(request: FastifyRequest): IncomingRequest {
  const at = request.url.indexOf("?");
  return {
    method: request.method,
    path: at < 0 ? request.url : request.url.slice(0, at),
    query: at < 0 ? [] : readQuery(request.url.slice(at + 1)),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(",") : value,
      ]),
    ),
    body: bodyOf(request.body),
  };
}

function bodyOf(body: unknown): Buffer | undefined {
  if (body instanceof Readable) return undefined;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** The bucket and the key in a path-style path. @throws S3Error `KeyTooLongError` */
export function readPath(path: string): Pick<S3Request, "bucket" | "key"> {
  const [, bucket = "", key = ""] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const decoded = uriDecode(key);
  if (Buffer.byteLength(decoded) > maxKeyBytes) {
    throw new S3Error("KeyTooLongError", { elements: { MaxSizeAllowed: String(maxKeyBytes) } });
  }
  return { bucket: uriDecode(bucket), key: decoded };
}

/** The parameters of a signature in a query: they stand in no header. */
const signatureParameters =
  /^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256)$/;

/** Headers that a presigned URL carries in its query: they count as if they had been sent as headers. */
export function withQueryHeaders({ headers, query }: IncomingRequest): S3Request["headers"] {
  const inQuery = query
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => name.startsWith("x-amz-") && !signatureParameters.test(name));
  return { ...headers, ...Object.fromEntries(inQuery) };
}

/** Who sent a request. */
export interface Sender {
  /** `undefined` for the anonymous. */
  readonly signature: VerifiedSignature | undefined;
  /** With those that a presigned URL carries in its query. */
  readonly headers: S3Request["headers"];
}

/** Verifies a request's signature, as far as that is possible before its body has come. @throws S3Error */
export function identify(incoming: IncomingRequest, verifier: Verifier): Sender {
  const headers = withQueryHeaders(incoming);
  return { headers, signature: inS3Words(incoming, () => verifySignature(incoming, verifier)) };
}

/** What a platform makes of bodies. */
export interface BodyRules {
  /** Whether checksums that come behind the body are read. */
  readonly acceptsTrailers: boolean;
  /** Most bytes that the body may have. */
  readonly limit: number;
  readonly spool: Spool;
}

/** What came with a request once its wrapping is off. */
export type ReceivedBody = Pick<S3Request, "headers" | "body" | "digests">;

/**
 * Takes a request's body in and out of its wrapping, and verifies what was signed about it. Its file is to be released.
 *
 * @param source the bytes as they come.
 * @throws S3Error; nothing of the body is kept then.
 */
export async function receiveBody(
  incoming: IncomingRequest,
  { signature, headers }: Sender,
  source: AsyncIterable<Buffer>,
  { acceptsTrailers, limit, spool }: BodyRules,
): Promise<ReceivedBody> {
  checkLength(headers, limit);
  if (signature && hasTrailer(signature.payloadHash) && !acceptsTrailers) {
    throw new S3Error("IncompleteBody");
  }
  const isHashed = signature && isHashOfBody(signature.payloadHash);
  const digests = new Digests([...announcedChecksums(headers), ...(isHashed ? ["sha256"] : [])]);
  try {
    const payload = signature
      ? readPayload(source, signature, headers["x-amz-decoded-content-length"])
      : { content: source, trailers: () => ({}) };
    const verify = () => {
      if (signature) verifyPayloadHash(signature.payloadHash, hexOf(digests.digest("sha256")));
      refuseSurprises(payload.trailers(), headers);
    };
    const body = await spool.receive(verified(payload.content, digests, verify), limit);
    return { body, digests, headers: { ...headers, ...payload.trailers() } };
  } catch (error) {
    if (error instanceof BodyTooLong) throw new S3Error("EntityTooLarge");
    throw s3ErrorOf(incoming, error);
  }
}

/** A body that is known to be too long, or of no known length, is refused before any of it is read. */
function checkLength(headers: S3Request["headers"], limit: number): void {
  const decodedLength = headers["x-amz-decoded-content-length"];
  if (headers["transfer-encoding"] !== undefined && decodedLength === undefined) {
    throw new S3Error("MissingContentLength");
  }
  if (Number(decodedLength ?? headers["content-length"] ?? 0) > limit) {
    throw new S3Error("EntityTooLarge");
  }
}

/** Passes a body on, and fails at its end when it is not what was signed: before it counts as received. */
async function* verified(content: AsyncIterable<Buffer>, digests: Digests, verify: () => void) {
  for await (const bytes of content) {
    digests.update(bytes);
    yield bytes;
  }
  verify();
}

const hexOf = (digest: Buffer | undefined) => digest?.toString("hex");

function refuseSurprises(
  trailers: Readonly<Record<string, string>>,
  headers: S3Request["headers"],
): void {
  const names = (headers["x-amz-trailer"] ?? "").split(",").map((name) => name.trim());
  const surprise = Object.keys(trailers).find((name) => !names.includes(name));
  if (surprise !== undefined) {
    throw new S3Error("InvalidRequest", { message: `The trailer ${surprise} was not announced.` });
  }
}

function inS3Words<Result>(incoming: IncomingRequest, verify: () => Result): Result {
  try {
    return verify();
  } catch (error) {
    throw s3ErrorOf(incoming, error);
  }
}

function s3ErrorOf(incoming: IncomingRequest, error: unknown): unknown {
  if (!(error instanceof SignatureFailure)) return error;
  const isPresigned = incoming.query.some(([name]) => name === "X-Amz-Algorithm");
  return s3SignatureError(error, isPresigned);
}
