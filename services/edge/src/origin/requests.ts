import { GetObjectCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

import { type WantedRange, rangeHeader } from "../media/ranges.ts";

/** What is asked for of an object. */
export interface Wanted {
  /** Default: the whole. */
  readonly range?: WantedRange | undefined;
  /** Entity tags that the viewer has. */
  readonly ifNoneMatch?: string | undefined;
  /** Date of HTTP; not sent beside entity tags, which come first. */
  readonly ifModifiedSince?: string | undefined;
  /** Entity tag that the object must have: pieces of two versions make no film. */
  readonly ifMatch?: string | undefined;
}

/** Seconds for which a request may be sent: it is sent at once. */
const signedSeconds = 60;

/** Writes the head of a request to storage, signed by the SDK. */
export async function signedRequest(
  storage: S3Client,
  method: "GET" | "HEAD",
  object: { readonly Bucket: string; readonly Key: string },
  { range, ifNoneMatch, ifModifiedSince, ifMatch }: Wanted,
): Promise<string> {
  const command = method === "GET" ? new GetObjectCommand(object) : new HeadObjectCommand(object);
  const url = new URL(await getSignedUrl(storage, command, { expiresIn: signedSeconds }));
  const headers = {
    Host: url.host,
    "User-Agent": "mam-edge",
    Range: range && rangeHeader(range),
    "If-None-Match": ifNoneMatch,
    "If-Modified-Since": ifNoneMatch === undefined ? ifModifiedSince : undefined,
    "If-Match": ifMatch,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return [`${method} ${url.pathname}${url.search} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}
