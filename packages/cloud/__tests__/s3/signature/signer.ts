import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";

import type { IncomingRequest } from "../../../src/s3/signature/message.ts";
import type { Verifier } from "../../../src/s3/signature/verify.ts";

/** A request before it is signed. */
export interface Unsigned {
  readonly method: string;
  /** Path as clients send it, percent-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The time of signing in all tests. */
const signedAt = new Date("2026-01-01T12:00:00Z");

/** A signer of the AWS SDK's own making. */
export function signer(service = "s3", region = "eu-central-2", secretAccessKey = "secret") {
  return new SignatureV4({
    service,
    region,
    credentials: { accessKeyId: "KEY", secretAccessKey },
    sha256: Sha256,
    uriEscapePath: service !== "s3",
    applyChecksum: true,
  });
}

function httpRequest({ method, path, query = {}, headers = {}, body = "" }: Unsigned) {
  return {
    method,
    protocol: "http:",
    hostname: "127.0.0.1",
    path,
    query: { ...query },
    headers: { host: "127.0.0.1", ...headers },
    body,
  };
}

/** Signs a request in its Authorization header. */
export async function signHeader(request: Unsigned, by = signer()): Promise<IncomingRequest> {
  const signed = await by.sign(httpRequest(request), { signingDate: signedAt });
  return {
    method: signed.method,
    path: signed.path,
    query: Object.entries(request.query ?? {}),
    headers: Object.fromEntries(
      Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: Buffer.from(request.body ?? ""),
  };
}

/** Signs a URL. */
export async function presign(
  request: Unsigned,
  expiresIn: number,
  by = signer(),
): Promise<IncomingRequest> {
  // The presigner of the S3 client says so too: there is no body yet.
  const headers = { "x-amz-content-sha256": "UNSIGNED-PAYLOAD", ...request.headers };
  const signed = await by.presign(httpRequest({ ...request, headers }), {
    signingDate: signedAt,
    expiresIn,
  });
  return {
    method: signed.method,
    path: signed.path,
    query: Object.entries(signed.query ?? {}).map(([name, value]) => [name, String(value)]),
    headers: { host: "127.0.0.1" },
    body: Buffer.from(request.body ?? ""),
  };
}

/** What accepts those signatures. */
export const verifier: Verifier = {
  service: "s3",
  region: "eu-central-2",
  secretOf: (accessKeyId) => (accessKeyId === "KEY" ? "secret" : undefined),
  now: () => signedAt,
};

/** The same, so many seconds later by the verifier's clock. */
export function later(seconds: number): Verifier {
  return { ...verifier, now: () => new Date(signedAt.getTime() + seconds * 1000) };
}
