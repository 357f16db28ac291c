import { SignatureFailure } from "./failure.ts";
import { type IncomingRequest, type Scope, algorithm } from "./message.ts";

/** What a request claims about its signature. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  readonly scope: Scope;
  /** Time of signing as sent, YYYYMMDDTHHMMSSZ. */
  readonly date: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Hash of the body, or the word that stands for it; `undefined` where the request sends none. */
  readonly payloadHash: string | undefined;
  /** Seconds for which a presigned URL is valid; `undefined` for a signature in a header. */
  readonly expiresSeconds: number | undefined;
  readonly sessionToken: string | undefined;
}

/** Longest validity of a presigned URL in seconds: seven days (AWS, and docs.wasabi.com on presigned URLs). */
const maxExpiresSeconds = 604_800;

/**
 * Reads the signature of a request from its Authorization header or from its query.
 *
 * @returns `undefined` for a request without any: the anonymous.
 * @throws SignatureFailure
 */
export function readClaim(request: IncomingRequest): SignatureClaim | undefined {
  const header = request.headers.authorization;
  const query = new Map(request.query);
  const isPresigned = query.has("X-Amz-Signature") || query.has("X-Amz-Algorithm");
  if (header !== undefined && isPresigned) {
    throw new SignatureFailure("malformed", "Only one auth mechanism allowed.");
  }
  if (header !== undefined) return headerClaim(header, request);
  if (isPresigned) return presignedClaim(query);
  if (query.has("Signature") || query.has("AWSAccessKeyId")) throw unsupported();
  return undefined;
}

function unsupported(): SignatureFailure {
  return new SignatureFailure(
    "unsupported",
    `The authorization mechanism you have provided is not supported. Please use ${algorithm}.`,
  );
}

function headerClaim(header: string, { headers }: IncomingRequest): SignatureClaim {
  if (!header.startsWith(`${algorithm} `)) throw unsupported();
  const parts = new Map(
    header
      .slice(algorithm.length + 1)
      .split(",")
      .map((part): [string, string] => {
        const at = part.indexOf("=");
        return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
      }),
  );
  return {
    ...readCredential(required(parts, "Credential")),
    date: readDate(headers["x-amz-date"], "x-amz-date"),
    signedHeaders: required(parts, "SignedHeaders").split(";"),
    signature: required(parts, "Signature"),
    payloadHash: headers["x-amz-content-sha256"],
    expiresSeconds: undefined,
    sessionToken: headers["x-amz-security-token"],
  };
}

function presignedClaim(query: ReadonlyMap<string, string>): SignatureClaim {
  if (required(query, "X-Amz-Algorithm") !== algorithm) throw unsupported();
  const expires = required(query, "X-Amz-Expires");
  const expiresSeconds = Number(expires);
  if (!/^\d+$/.test(expires) || expiresSeconds < 1 || expiresSeconds > maxExpiresSeconds) {
    throw new SignatureFailure(
      "malformed",
      `X-Amz-Expires must be from 1 to ${maxExpiresSeconds} seconds (a week).`,
    );
  }
  return {
    ...readCredential(required(query, "X-Amz-Credential")),
    date: readDate(query.get("X-Amz-Date"), "X-Amz-Date"),
    signedHeaders: required(query, "X-Amz-SignedHeaders").split(";"),
    signature: required(query, "X-Amz-Signature"),
    payloadHash: query.get("X-Amz-Content-Sha256") ?? "UNSIGNED-PAYLOAD",
    expiresSeconds,
    sessionToken: query.get("X-Amz-Security-Token"),
  };
}

function required(parts: ReadonlyMap<string, string>, name: string): string {
  const value = parts.get(name);
  if (value) return value;
  throw new SignatureFailure("malformed", `The signature has no ${name}.`);
}

function readCredential(credential: string): Pick<SignatureClaim, "accessKeyId" | "scope"> {
  const [accessKeyId, day, region, service, terminal, ...rest] = credential.split("/");
  if (
    !accessKeyId ||
    !day ||
    !region ||
    !service ||
    terminal !== "aws4_request" ||
    rest.length > 0
  ) {
    throw new SignatureFailure(
      "malformed",
      "The credential must be <access-key-id>/<day>/<region>/<service>/aws4_request.",
    );
  }
  return { accessKeyId, scope: { day, region, service } };
}

function readDate(date: string | undefined, name: string): string {
  if (date !== undefined && /^\d{8}T\d{6}Z$/.test(date)) return date;
  throw new SignatureFailure("malformed", `${name} must be a time as YYYYMMDDTHHMMSSZ.`);
}

/** A time as signatures write it. */
export function parseDate(date: string): Date {
  return new Date(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
