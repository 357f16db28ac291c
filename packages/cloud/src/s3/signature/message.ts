import { createHash, createHmac } from "node:crypto";

/** A request as it arrived, before anything in it is believed. */
export interface IncomingRequest {
  readonly method: string;
  /** Path as sent, percent-encoding and all. */
  readonly path: string;
  /** Query parameters in the order sent, decoded. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Headers by lower-case name; several of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Undefined while it is still on its way: what is signed about it is then verified when it has come. */
  readonly body: Buffer | undefined;
}

/** What a signature is made for: a day, a region and a service. */
export interface Scope {
  /** Day as YYYYMMDD. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

/** The scheme's name, first line of what is signed. */
export const algorithm = "AWS4-HMAC-SHA256";

/** SHA-256 in hexadecimal. */
export function sha256Hex(data: Buffer | string): string {
  return createHash("sha256").update(data).digest("hex");
}

/** HMAC-SHA-256 in hexadecimal. */
export function hmacHex(key: Buffer, data: string): string {
  return createHmac("sha256", key).update(data).digest("hex");
}

/** Percent-encodes everything but the unreserved characters of RFC 3986. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Decodes a path or a query value; text that is badly encoded is kept as it is and will match no signature. */
export function uriDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads a query string; a `+` is a space. */
export function readQuery(query: string): [string, string][] {
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const at = pair.indexOf("=");
      const [name, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
      return [uriDecode(name.replaceAll("+", " ")), uriDecode(value.replaceAll("+", " "))];
    });
}

/**
 * The canonical request (AWS Signature Version 4). Paths are encoded once, as S3 does; for the other services here the
 * path is `/`, so that the difference does not show.
 */
export function canonicalRequest(
  request: IncomingRequest,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  const query = request.query
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort(([firstName, firstValue], [secondName, secondValue]) =>
      firstName === secondName ? compare(firstValue, secondValue) : compare(firstName, secondName),
    )
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const headers = signedHeaders.map(
    (name) => `${name}:${(request.headers[name] ?? "").trim().replace(/\s+/g, " ")}\n`,
  );
  const path = request.path.split("/").map((part) => uriEncode(uriDecode(part)));
  return [
    request.method,
    path.join("/"),
    query,
    headers.join(""),
    signedHeaders.join(";"),
    payloadHash,
  ].join("\n");
}

function compare(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0;
}

/** The scope as it stands in a credential and in what is signed. */
export function scopeText({ day, region, service }: Scope): string {
  return `${day}/${region}/${service}/aws4_request`;
}

/** What is signed for a request. */
export function stringToSign(date: string, scope: Scope, canonical: string): string {
  return [algorithm, date, scopeText(scope), sha256Hex(canonical)].join("\n");
}

/** The key of a day, a region and a service, derived from a secret access key. */
export function signingKey(secret: string, { day, region, service }: Scope): Buffer {
  return [day, region, service, "aws4_request"].reduce<Buffer>(
    (key, part) => createHmac("sha256", key).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
}
