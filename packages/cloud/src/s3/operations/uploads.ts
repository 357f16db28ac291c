import { S3Error } from "../errors.ts";
import { readMode, readUntil } from "../retention.ts";
import type { Bucket, ObjectDraft, ObjectVersion } from "../store.ts";
import { tagsFromHeader } from "../tags.ts";
import type { AskedRequest, Permission, S3Request } from "./operation.ts";

/** Headers of every operation that begins an object. */
export const uploadHeaders = [
  "x-amz-acl",
  "x-amz-storage-class",
  "x-amz-tagging",
  "x-amz-object-lock-mode",
  "x-amz-object-lock-retain-until-date",
  "x-amz-object-lock-legal-hold",
] as const;

const contentHeaders = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
];

/** Permissions that an upload needs beside `s3:PutObject`, for what its headers ask for. */
const permissionsByHeader: Readonly<Record<string, string>> = {
  "x-amz-acl": "s3:PutObjectAcl",
  "x-amz-tagging": "s3:PutObjectTagging",
  "x-amz-object-lock-mode": "s3:PutObjectRetention",
  "x-amz-object-lock-legal-hold": "s3:PutObjectLegalHold",
};

/** What a caller who begins an object must be allowed. */
export function uploadPermissions({ bucket, key, headers }: AskedRequest): Permission[] {
  const further = Object.entries(permissionsByHeader).filter(
    ([name]) => headers[name] !== undefined && headers[name] !== "private",
  );
  return ["s3:PutObject", ...further.map(([, action]) => action)].map((action) => ({
    action,
    bucket,
    key,
  }));
}

/** Reads what an upload says about the object beside its bytes. */
export function readDraft(request: S3Request, bucket: Bucket): ObjectDraft {
  const { headers, now, key } = request;
  checkStorageClass(headers["x-amz-storage-class"]);
  checkAcl(headers["x-amz-acl"]);
  const draft = {
    key,
    headers: storedHeaders(request),
    tags: tagsFromHeader(headers["x-amz-tagging"]),
    retention: readRetention(headers, now),
    hasLegalHold: readLegalHold(headers["x-amz-object-lock-legal-hold"]),
  };
  if ((draft.retention ?? draft.hasLegalHold) && !bucket.objectLock) {
    throw new S3Error("InvalidRequest", {
      message: "Bucket is missing Object Lock Configuration",
    });
  }
  return draft;
}

/** The headers of a request that are stored with the object. */
export function storedHeaders({ headers }: S3Request): Record<string, string> {
  const encoding = headers["content-encoding"]
    ?.split(",")
    .map((part) => part.trim())
    // How the body travelled is no property of the object.
    .filter((part) => part !== "aws-chunked" && part !== "")
    .join(",");
  const stored = {
    "content-type": "binary/octet-stream",
    ...headers,
    "content-encoding": encoding === "" ? undefined : encoding,
  };
  return Object.fromEntries(
    Object.entries(stored).flatMap(([name, value]) =>
      value !== undefined && (contentHeaders.includes(name) || name.startsWith("x-amz-meta-"))
        ? [[name, value]]
        : [],
    ),
  );
}

/** Refuses every ACL but the one that grants nothing. @throws S3Error */
export function checkAcl(acl: string | undefined): void {
  if (acl === undefined || acl === "private" || acl === "bucket-owner-full-control") return;
  if (acl.startsWith("public-") || acl === "authenticated-read") {
    // The wording is Wasabi's (reported in HBLL-Collection-Development/omeka-s-any-cloud#50).
    throw new S3Error("AccessDenied", {
      message: "Public use of objects is not allowed by this account",
    });
  }
  throw new S3Error("InvalidArgument", { message: `The ACL ${acl} is not known.` });
}

function checkStorageClass(storageClass: string | undefined): void {
  if (storageClass === undefined || storageClass === "STANDARD") return;
  throw new S3Error("InvalidStorageClass");
}

function readRetention(headers: S3Request["headers"], now: Date) {
  const { "x-amz-object-lock-mode": mode, "x-amz-object-lock-retain-until-date": until } = headers;
  if (mode === undefined && until === undefined) return undefined;
  if (mode === undefined || until === undefined) {
    throw new S3Error("InvalidArgument", {
      message:
        "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
    });
  }
  return { mode: readMode(mode), until: readUntil(until, now) };
}

/** Whether a legal hold is asked for; either case, as Wasabi takes it. */
export function readLegalHold(text: string | undefined): boolean {
  const hold = text?.toUpperCase() ?? "OFF";
  if (hold !== "ON" && hold !== "OFF") {
    throw new S3Error("InvalidArgument", { message: "Legal Hold must be either of 'ON' or 'OFF'" });
  }
  return hold === "ON";
}

/**
 * Refuses an upload that will be locked but carries no checksum: a corrupt object could not be deleted (Amazon S3,
 * PutObject; that Wasabi requires it too is assumed).
 */
export function requireChecksumIfLocked(
  bucket: Bucket,
  { retention, hasLegalHold }: ObjectDraft,
  { headers }: S3Request,
): void {
  const isLocked = bucket.objectLock?.default ?? retention ?? hasLegalHold;
  const hasChecksum = Object.keys(headers).some(
    (name) => name === "content-md5" || /^x-amz-checksum-(crc|sha)/.test(name),
  );
  if (isLocked && !hasChecksum) {
    throw new S3Error("InvalidRequest", {
      message:
        "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters",
    });
  }
}

/** The header that names the version, which only buckets that keep versions send. */
export function versionHeader(
  bucket: Bucket,
  versionId: string | undefined,
): Record<string, string> {
  return bucket.versioning === "Unversioned" || versionId === undefined
    ? {}
    : { "x-amz-version-id": versionId };
}

/** The headers that describe a version's lock. */
export function lockHeaders({ retention, hasLegalHold }: ObjectVersion): Record<string, string> {
  return {
    ...(retention && {
      "x-amz-object-lock-mode": retention.mode,
      "x-amz-object-lock-retain-until-date": retention.until.toISOString(),
    }),
    ...(hasLegalHold && { "x-amz-object-lock-legal-hold": "ON" }),
  };
}
