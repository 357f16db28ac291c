import { S3Error } from "./errors.ts";
import type { ObjectVersion } from "./store.ts";

type Headers = Readonly<Record<string, string | undefined>>;

/** Headers that make a request conditional. */
export const conditionalHeaders = [
  "if-match",
  "if-none-match",
  "if-modified-since",
  "if-unmodified-since",
] as const;

/** Headers that make a copy depend on its source. */
export const copySourceConditions = conditionalHeaders.map(
  (name) => `x-amz-copy-source-${name}` as const,
);

/**
 * Decides whether a conditional write may go ahead: `If-None-Match: *` only creates, `If-Match` only replaces the object
 * with that entity tag. Locks are made of this.
 *
 * @throws S3Error `PreconditionFailed`; `NoSuchKey` for `If-Match` on nothing; `NotImplemented` for anything but `*`.
 */
export function checkWrite(existing: ObjectVersion | undefined, headers: Headers): void {
  const { "if-none-match": none, "if-match": match } = headers;
  if (none !== undefined && none !== "*") {
    throw new S3Error("NotImplemented", { message: "If-None-Match of a write must be *." });
  }
  if (none !== undefined && existing) {
    throw new S3Error("PreconditionFailed", { elements: { Condition: "If-None-Match" } });
  }
  if (match === undefined) return;
  if (!existing) throw new S3Error("NoSuchKey");
  if (!matchesTag(match, existing.etag)) {
    throw new S3Error("PreconditionFailed", { elements: { Condition: "If-Match" } });
  }
}

/**
 * Decides what a conditional read gets (RFC 9110, section 13.2.2).
 *
 * @returns whether the object is as the client has it already: 304.
 * @throws S3Error `PreconditionFailed`
 */
export function checkRead({ etag, createdAt }: ObjectVersion, headers: Headers): boolean {
  const {
    "if-match": match,
    "if-none-match": none,
    "if-modified-since": modified,
    "if-unmodified-since": unmodified,
  } = headers;
  if (match !== undefined) {
    if (!matchesTag(match, etag)) throw failed("If-Match");
  } else if (unmodified !== undefined && isAfter(createdAt, unmodified)) {
    throw failed("If-Unmodified-Since");
  }
  if (none !== undefined) return matchesTag(none, etag);
  return modified !== undefined && !isAfter(createdAt, modified);
}

/** The same for the source of a copy, where "as you have it already" is a failure too. */
export function checkCopySource(source: ObjectVersion, headers: Headers): void {
  const own = Object.fromEntries(
    conditionalHeaders.map((name) => [name, headers[`x-amz-copy-source-${name}`]]),
  );
  if (checkRead(source, own)) throw failed("If-None-Match");
}

function failed(condition: string): S3Error {
  return new S3Error("PreconditionFailed", { elements: { Condition: condition } });
}

function matchesTag(header: string, etag: string): boolean {
  return header
    .split(",")
    .map((tag) => tag.trim().replace(/^"(.*)"$/, "$1"))
    .some((tag) => tag === "*" || tag === etag);
}

/** HTTP dates have whole seconds. */
function isAfter(time: Date, date: string): boolean {
  return Math.floor(time.getTime() / 1000) > Math.floor(Date.parse(date) / 1000);
}
