import { verifyChecksums } from "../checksums.ts";
import { S3Error } from "../errors.ts";
import { checkRead, checkWrite, conditionalHeaders } from "../preconditions.ts";
import { readRange } from "../ranges.ts";
import { type ObjectVersion, requireBucket } from "../store.ts";
import { addObject, currentObject, deleteObject, requireObject } from "../versions.ts";
import {
  type AskedRequest,
  type Call,
  type Operation,
  type Permission,
  type S3Answer,
  type S3Request,
} from "./operation.ts";
import {
  lockHeaders,
  readDraft,
  requireChecksumIfLocked,
  uploadHeaders,
  uploadPermissions,
  versionHeader,
} from "./uploads.ts";

/** Query parameters that replace a header of the answer. */
const overrides: Readonly<Record<string, string>> = {
  "response-cache-control": "cache-control",
  "response-content-disposition": "content-disposition",
  "response-content-encoding": "content-encoding",
  "response-content-language": "content-language",
  "response-content-type": "content-type",
  "response-expires": "expires",
};

const bypassHeader = "x-amz-bypass-governance-retention";

/** Permission to read an object, or one of its versions. */
function readPermissions({ bucket, key, query }: AskedRequest): Permission[] {
  return [{ action: query.has("versionId") ? "s3:GetObjectVersion" : "s3:GetObject", bucket, key }];
}

/** Permission to delete an object, or one of its versions. */
export function deletePermission(
  bucket: string,
  key: string,
  versionId: string | undefined,
): Permission {
  return {
    action: versionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion",
    bucket,
    key,
  };
}

/** Whether a request asks to bypass GOVERNANCE for a key, and may. */
export function bypassesGovernance({ request, may }: Call, key: string): boolean {
  return (
    request.headers[bypassHeader]?.toLowerCase() === "true" &&
    may({ action: "s3:BypassGovernanceRetention", bucket: request.bucket, key })
  );
}

function putObject({ request, host }: Call): S3Answer {
  const bucket = requireBucket(host.store, request.bucket);
  const draft = readDraft(request, bucket);
  requireChecksumIfLocked(bucket, draft, request);
  const checksums = verifyChecksums(request.digests, request.headers);
  if (!host.ignoresConditions) checkWrite(currentObject(bucket, request.key), request.headers);
  const content = { body: request.body, etag: request.digests.md5, checksums };
  const version = addObject(bucket, draft, content, request.now);
  return {
    headers: {
      etag: `"${version.etag}"`,
      ...checksums,
      ...versionHeader(bucket, version.versionId),
    },
  };
}

function readObject(call: Call): S3Answer {
  const { request, host } = call;
  const bucket = requireBucket(host.store, request.bucket);
  const version = requireObject(bucket, request.key, request.query.get("versionId"));
  const headers = {
    ...objectHeaders(version, call),
    ...versionHeader(bucket, version.versionId),
  };
  if (checkRead(version, request.headers)) return { status: 304, headers };
  const range = readRange(request.headers.range, version.body.length);
  if (!range) {
    return { headers: { ...headers, ...checksumHeaders(version, request) }, body: version.body };
  }
  return {
    status: 206,
    headers: {
      ...headers,
      "content-range": `bytes ${range.first}-${range.last}/${version.body.length}`,
    },
    body: version.body.slice(range.first, range.last + 1),
  };
}

function objectHeaders(version: ObjectVersion, { request, may }: Call): Record<string, string> {
  const { bucket, key, query } = request;
  const replaced = Object.entries(overrides).flatMap(([parameter, header]) => {
    const value = query.get(parameter);
    return value === undefined ? [] : [[header, value] as const];
  });
  const tagCount = Object.keys(version.tags).length;
  return {
    ...version.headers,
    ...Object.fromEntries(replaced),
    etag: `"${version.etag}"`,
    "last-modified": version.createdAt.toUTCString(),
    "accept-ranges": "bytes",
    ...(tagCount > 0 && { "x-amz-tagging-count": String(tagCount) }),
    ...(may({ action: "s3:GetObjectRetention", bucket, key }) && lockHeaders(version)),
  };
}

function checksumHeaders({ checksums }: ObjectVersion, { headers }: S3Request) {
  return headers["x-amz-checksum-mode"]?.toUpperCase() === "ENABLED" ? checksums : {};
}

function removeObject(call: Call): S3Answer {
  const { request, host } = call;
  const bucket = requireBucket(host.store, request.bucket);
  const versionId = request.query.get("versionId");
  const deletion = deleteObject(
    bucket,
    request.key,
    versionId,
    request.now,
    bypassesGovernance(call, request.key),
  );
  return {
    status: 204,
    headers: {
      ...versionHeader(bucket, deletion.versionId),
      ...(deletion.isDeleteMarker && { "x-amz-delete-marker": "true" }),
    },
  };
}

/**
 * Whoever may not list a bucket is not told whether an object exists: reading a missing one is refused (Amazon S3,
 * GetObject: 403 without `s3:ListBucket`, 404 with it).
 */
function hideMissing(run: (call: Call) => S3Answer): (call: Call) => S3Answer {
  return (call) => {
    try {
      return run(call);
    } catch (error) {
      const isMissing = error instanceof S3Error && error.code === "NoSuchKey";
      if (!isMissing || call.may({ action: "s3:ListBucket", bucket: call.request.bucket })) {
        throw error;
      }
      throw new S3Error("AccessDenied");
    }
  };
}

const read = {
  level: "object",
  parameters: ["versionId", ...Object.keys(overrides)],
  headers: ["range", ...conditionalHeaders, "x-amz-checksum-mode"],
  permissions: readPermissions,
  run: hideMissing(readObject),
} as const satisfies Partial<Operation>;

/** Operations on a single object. */
export const objectOperations: readonly Operation[] = [
  {
    name: "PutObject",
    method: "PUT",
    level: "object",
    headers: [...uploadHeaders, "if-none-match", "if-match"],
    permissions: uploadPermissions,
    takesObject: true,
    run: putObject,
  },
  { ...read, name: "GetObject", method: "GET" },
  { ...read, name: "HeadObject", method: "HEAD" },
  {
    name: "DeleteObject",
    method: "DELETE",
    level: "object",
    parameters: ["versionId"],
    headers: [bypassHeader],
    permissions: ({ bucket, key, query }) => [
      deletePermission(bucket, key, query.get("versionId")),
    ],
    run: removeObject,
  },
];
