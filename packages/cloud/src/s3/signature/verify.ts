import { timingSafeEqual } from "node:crypto";

import { type SignatureClaim, parseDate, readClaim } from "./claim.ts";
import { SignatureFailure } from "./failure.ts";
import {
  type IncomingRequest,
  type Scope,
  canonicalRequest,
  hmacHex,
  sha256Hex,
  signingKey,
  stringToSign,
} from "./message.ts";

/** Who may sign, for what, and when. */
export interface Verifier {
  /** Service that must stand in the credential: `s3`, `iam` or `sts`. */
  readonly service: string;
  /** Region that must stand in the credential; `undefined` where the platform takes any. */
  readonly region: string | undefined;
  /** Secret of an active access key; `undefined` if there is no such key. */
  readonly secretOf: (accessKeyId: string) => string | undefined;
  /** Time against which signatures are judged: the wall clock, because clients sign by theirs. */
  readonly now: () => Date;
}

/** A signature that was found right. */
export interface VerifiedSignature {
  readonly accessKeyId: string;
  readonly isPresigned: boolean;
  readonly payloadHash: string;
  /** What the chunks of a streamed body are signed with. */
  readonly chain: {
    readonly key: Buffer;
    readonly date: string;
    readonly scope: Scope;
    readonly seed: string;
  };
}

/** How far a client's clock may be off: 15 minutes (AWS Signature Version 4). */
const maxSkewMilliseconds = 15 * 60 * 1000;

/**
 * Verifies the signature of a request by AWS Signature Version 4, header or query.
 *
 * @returns `undefined` for a request without a signature: what the anonymous may do is for the policies to say.
 * @throws SignatureFailure
 */
export function verifySignature(
  request: IncomingRequest,
  verifier: Verifier,
): VerifiedSignature | undefined {
  const claim = readClaim(request);
  if (!claim) return undefined;
  checkScope(claim, verifier);
  checkTime(claim, verifier.now());
  checkSignedHeaders(claim, request);
  const secret = verifier.secretOf(claim.accessKeyId);
  if (secret === undefined) {
    throw new SignatureFailure("unknown-key", "The access key id does not exist, or is inactive.");
  }
  if (claim.sessionToken !== undefined) {
    throw new SignatureFailure("session-token", "The access key has no session token.");
  }
  const payloadHash = payloadHashOf(claim, request, verifier.service);
  const key = signingKey(secret, claim.scope);
  const canonical = canonicalRequest(request, claim.signedHeaders, payloadHash);
  const expected = hmacHex(key, stringToSign(claim.date, claim.scope, canonical));
  if (!isEqual(expected, claim.signature)) {
    throw new SignatureFailure("mismatch", "The signature does not match the request.");
  }
  return {
    accessKeyId: claim.accessKeyId,
    isPresigned: claim.expiresSeconds !== undefined,
    payloadHash,
    chain: { key, date: claim.date, scope: claim.scope, seed: claim.signature },
  };
}

/**
 * Whether a request is signed with a key that does not exist here. Such a one is meant for another cloud: the client of one
 * that has ended may find this one at the same port.
 */
export function isFromElsewhere(request: IncomingRequest, { secretOf }: Verifier): boolean {
  try {
    const claim = readClaim(request);
    return claim !== undefined && secretOf(claim.accessKeyId) === undefined;
  } catch (error) {
    if (error instanceof SignatureFailure) return false;
    throw error;
  }
}

/** Compares two signatures in a time that does not depend on where they differ. */
export function isEqual(expected: string, actual: string): boolean {
  const [first, second] = [Buffer.from(expected), Buffer.from(actual)];
  return first.length === second.length && timingSafeEqual(first, second);
}

function checkScope({ scope, date }: SignatureClaim, { service, region }: Verifier): void {
  if (scope.service !== service) {
    throw new SignatureFailure(
      "wrong-scope",
      `The service "${scope.service}" is wrong; expecting "${service}".`,
    );
  }
  if (region !== undefined && scope.region !== region) {
    throw new SignatureFailure(
      "wrong-scope",
      `The region "${scope.region}" is wrong; expecting "${region}".`,
    );
  }
  if (!date.startsWith(scope.day)) {
    throw new SignatureFailure("wrong-scope", "The credential's day is not the day of signing.");
  }
}

function checkTime({ date, expiresSeconds }: SignatureClaim, now: Date): void {
  const age = now.getTime() - parseDate(date).getTime();
  if (Number.isNaN(age)) throw new SignatureFailure("malformed", "The time of signing is no time.");
  if (age < -maxSkewMilliseconds) {
    throw new SignatureFailure("skewed", "The request is signed too far in the future.");
  }
  if (expiresSeconds === undefined) {
    if (age > maxSkewMilliseconds) {
      throw new SignatureFailure("skewed", "The request was signed too long ago.");
    }
  } else if (age > expiresSeconds * 1000) {
    throw new SignatureFailure("expired", "Request has expired");
  }
}

/** What changes the meaning of a request must be signed: the host, and every `x-amz-` header that is sent. */
function checkSignedHeaders({ signedHeaders }: SignatureClaim, { headers }: IncomingRequest): void {
  const unsigned = Object.keys(headers).filter(
    (name) => (name === "host" || name.startsWith("x-amz-")) && !signedHeaders.includes(name),
  );
  if (unsigned.length > 0) {
    throw new SignatureFailure(
      "unsigned-header",
      `There were headers present in the request which were not signed: ${unsigned.join(", ")}`,
    );
  }
}

function payloadHashOf(
  { payloadHash }: SignatureClaim,
  { body }: IncomingRequest,
  service: string,
): string {
  if (payloadHash === undefined) {
    if (service !== "s3") return sha256Hex(body ?? "");
    throw new SignatureFailure("malformed", "Missing required header: x-amz-content-sha256");
  }
  if (body) verifyPayloadHash(payloadHash, sha256Hex(body));
  return payloadHash;
}

/** Whether a payload hash is that of the whole body, and not the announcement of how it is sent. */
export const isHashOfBody = (payloadHash: string) => /^[0-9a-f]{64}$/.test(payloadHash);

/**
 * Compares the hash that was signed for a body with the body's own, unless another way of sending it was signed.
 *
 * @param actual SHA-256 of the body in hexadecimal.
 * @throws SignatureFailure
 */
export function verifyPayloadHash(payloadHash: string, actual: string | undefined): void {
  if (!isHashOfBody(payloadHash) || payloadHash === actual) return;
  throw new SignatureFailure(
    "payload-mismatch",
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
}
