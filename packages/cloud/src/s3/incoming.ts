import type { FastifyRequest } from "fastify";

import { S3Error } from "./errors.ts";
import type { S3Request } from "./operations/operation.ts";
import { SignatureFailure } from "./signature/failure.ts";
import { type IncomingRequest, readQuery, uriDecode } from "./signature/message.ts";
import { hasTrailer, readPayload } from "./signature/payload.ts";
import { s3SignatureError } from "./signature/s3-failure.ts";
import { type VerifiedSignature, type Verifier, verifySignature } from "./signature/verify.ts";

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
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
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

/** Who sent a request, and what is in it once its wrapping is off. */
export interface OpenedRequest {
  /** Access key id; `undefined` for the anonymous. */
  readonly sender: string | undefined;
  readonly headers: S3Request["headers"];
  readonly body: Buffer;
}

/**
 * Verifies a request's signature and takes its body out of its wrapping.
 *
 * @param acceptsTrailers whether the platform reads checksums that come behind the body.
 * @throws S3Error
 */
export function openRequest(
  incoming: IncomingRequest,
  verifier: Verifier,
  acceptsTrailers: boolean,
): OpenedRequest {
  const headers = withQueryHeaders(incoming);
  try {
    const signature = verifySignature(incoming, verifier);
    if (!signature) return { sender: undefined, headers, body: incoming.body };
    const { body, trailers } = unwrap(incoming, signature, acceptsTrailers);
    return { sender: signature.accessKeyId, headers: { ...headers, ...trailers }, body };
  } catch (error) {
    if (!(error instanceof SignatureFailure)) throw error;
    const isPresigned = incoming.query.some(([name]) => name === "X-Amz-Algorithm");
    throw s3SignatureError(error, isPresigned);
  }
}

function unwrap(incoming: IncomingRequest, signature: VerifiedSignature, acceptsTrailers: boolean) {
  const { headers, body } = incoming;
  const decodedLength = headers["x-amz-decoded-content-length"];
  if (headers["transfer-encoding"] !== undefined && decodedLength === undefined) {
    throw new S3Error("MissingContentLength");
  }
  if (hasTrailer(signature.payloadHash) && !acceptsTrailers) throw new S3Error("IncompleteBody");
  const payload = readPayload(body, signature, decodedLength);
  const announced = (headers["x-amz-trailer"] ?? "").split(",").map((name) => name.trim());
  const surprise = Object.keys(payload.trailers).find((name) => !announced.includes(name));
  if (surprise !== undefined) {
    throw new S3Error("InvalidRequest", { message: `The trailer ${surprise} was not announced.` });
  }
  return payload;
}
