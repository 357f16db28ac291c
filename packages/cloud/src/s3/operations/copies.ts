import type { Body } from "../bodies/body.ts";
import { Digests } from "../bodies/digests.ts";
import { S3Error } from "../errors.ts";
import { checkCopySource, checkWrite, copySourceConditions } from "../preconditions.ts";
import { readRange } from "../ranges.ts";
import { uriDecode } from "../signature/message.ts";
import { type ObjectDraft, type ObjectVersion, requireBucket } from "../store.ts";
import { addObject, currentObject, requireObject } from "../versions.ts";
import { storePart } from "./multipart.ts";
import {
  type AskedRequest,
  type Call,
  type Operation,
  type Permission,
  type S3Answer,
  type S3Request,
  xmlAnswer,
} from "./operation.ts";
import { readDraft, uploadHeaders, uploadPermissions, versionHeader } from "./uploads.ts";

interface CopySource {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
}

/**
 * Where a copy comes from. The header is an address: what is not encoded in it means what it means there, `+` a blank, `?` the
 * begin of the version, `#` the end.
 *
 * @throws S3Error `InvalidArgument` if the header names no object
 */
function copySource({ headers }: AskedRequest): CopySource {
  const [address = ""] = (headers["x-amz-copy-source"] ?? "").split("#");
  const [, path = "", query = ""] = /^([^?]*)\??(.*)$/.exec(address) ?? [];
  const versionId = new URLSearchParams(query).get("versionId") ?? undefined;
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/.exec(uriDecode(path.replaceAll("+", "%20"))) ?? [];
  if (bucket === undefined || key === undefined) {
    throw new S3Error("InvalidArgument", {
      message: "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
      elements: { ArgumentName: "x-amz-copy-source" },
    });
  }
  return { bucket, key, versionId };
}

function sourcePermission(request: AskedRequest): Permission {
  const { bucket, key, versionId } = copySource(request);
  return { action: versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion", bucket, key };
}

function readSource({ request, host, may }: Call): ObjectVersion {
  const { bucket, key, versionId } = copySource(request);
  const found = currentObject(requireBucket(host.store, bucket), key);
  if (versionId === undefined && !found && !may({ action: "s3:ListBucket", bucket })) {
    throw new S3Error("AccessDenied");
  }
  const source = requireObject(requireBucket(host.store, bucket), key, versionId);
  checkCopySource(source, request.headers);
  return source;
}

/** Most bytes that are copied by one request (Amazon S3, CopyObject and UploadPartCopy). */
const maxCopyBytes = 5 * 1024 ** 3;

/** The entity tag of a copy: it is made in one piece, whatever its source was made of. */
async function tagOf(body: Body): Promise<string> {
  if (body.length > maxCopyBytes) {
    throw new S3Error("InvalidRequest", {
      message: `The specified copy source is larger than the maximum allowable size for a copy source: ${maxCopyBytes}`,
    });
  }
  const digests = new Digests();
  for await (const bytes of body.chunks()) digests.update(bytes);
  return digests.md5;
}

async function copyObject(call: Call): Promise<S3Answer> {
  const { request, host } = call;
  const source = readSource(call);
  const etag = await tagOf(source.body);
  const bucket = requireBucket(host.store, request.bucket);
  const draft = copyDraft(call, source);
  if (!host.ignoresConditions) checkWrite(currentObject(bucket, request.key), request.headers);
  const content = { body: source.body, etag, checksums: source.checksums };
  const version = addObject(bucket, draft, content, request.now);
  return xmlAnswer(
    "CopyObjectResult",
    { LastModified: version.createdAt.toISOString(), ETag: `"${version.etag}"` },
    {
      ...versionHeader(bucket, version.versionId),
      ...(source.versionId !== "null" && { "x-amz-copy-source-version-id": source.versionId }),
    },
  );
}

/** Headers and tags come from the source unless the request says that it brings its own. */
function copyDraft({ request, host }: Call, source: ObjectVersion): ObjectDraft {
  const own = readDraft(request, requireBucket(host.store, request.bucket));
  const replacesHeaders = directive(request, "x-amz-metadata-directive");
  const replacesTags = directive(request, "x-amz-tagging-directive");
  const { bucket, key, versionId } = copySource(request);
  const isSelf = bucket === request.bucket && key === request.key && versionId === undefined;
  if (isSelf && !replacesHeaders) {
    throw new S3Error("InvalidRequest", {
      message:
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    });
  }
  return {
    ...own,
    headers: replacesHeaders ? own.headers : source.headers,
    tags: replacesTags ? own.tags : source.tags,
  };
}

function directive({ headers }: S3Request, name: string): boolean {
  const value = headers[name] ?? "COPY";
  if (value !== "COPY" && value !== "REPLACE") {
    throw new S3Error("InvalidArgument", { message: `Unknown ${name}: ${value}` });
  }
  return value === "REPLACE";
}

async function uploadPartCopy(call: Call): Promise<S3Answer> {
  const source = readSource(call);
  const range = readRange(call.request.headers["x-amz-copy-source-range"], source.body.length);
  const body = range ? source.body.slice(range.first, range.last + 1) : source.body;
  const part = storePart(call, { body, etag: await tagOf(body), checksums: {} });
  return xmlAnswer("CopyPartResult", {
    LastModified: part.uploadedAt.toISOString(),
    ETag: `"${part.etag}"`,
  });
}

/** Operations that make an object out of another one. */
export const copyOperations: readonly Operation[] = [
  {
    name: "CopyObject",
    method: "PUT",
    level: "object",
    selectingHeader: "x-amz-copy-source",
    headers: [
      ...uploadHeaders,
      ...copySourceConditions,
      "x-amz-metadata-directive",
      "x-amz-tagging-directive",
      "if-none-match",
      "if-match",
    ],
    permissions: (request) => [sourcePermission(request), ...uploadPermissions(request)],
    run: copyObject,
  },
  {
    name: "UploadPartCopy",
    method: "PUT",
    level: "object",
    selectors: ["uploadId", "partNumber"],
    selectingHeader: "x-amz-copy-source",
    headers: [...copySourceConditions, "x-amz-copy-source-range"],
    permissions: (request) => [
      sourcePermission(request),
      { action: "s3:PutObject", bucket: request.bucket, key: request.key },
    ],
    run: uploadPartCopy,
  },
];
