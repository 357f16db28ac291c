import { createHash } from "node:crypto";

import { z } from "zod";

import { Body } from "../bodies/body.ts";
import { verifyChecksums } from "../checksums.ts";
import { S3Error } from "../errors.ts";
import { checkWrite } from "../preconditions.ts";
import { type MultipartUpload, type UploadedPart, newUploadId, requireBucket } from "../store.ts";
import { type ObjectContent, addObject, currentObject } from "../versions.ts";
import { repeated, wholeNumber } from "../xml.ts";
import {
  type Call,
  type Operation,
  type S3Answer,
  readBody,
  requires,
  xmlAnswer,
} from "./operation.ts";
import { readDraft, uploadHeaders, uploadPermissions, versionHeader } from "./uploads.ts";

/** Smallest part in bytes, the last one excepted (Amazon S3, multipart upload limits). */
const minPartBytes = 5 * 1024 * 1024;

/** Highest part number (Amazon S3, multipart upload limits). */
const maxPartNumber = 10_000;

const completionSchema = z.strictObject({
  Part: repeated(
    z.strictObject({
      PartNumber: wholeNumber,
      ETag: z.string(),
      ChecksumCRC32: z.string().exactOptional(),
      ChecksumCRC32C: z.string().exactOptional(),
      ChecksumSHA1: z.string().exactOptional(),
      ChecksumSHA256: z.string().exactOptional(),
    }),
  ).refine((parts) => parts.length > 0, "must have at least one part"),
});

type ListedPart = z.output<typeof completionSchema>["Part"][number];

/** The upload that a request goes on with. @throws S3Error `NoSuchUpload` */
export function requireUpload({ request, host }: Call): MultipartUpload {
  const upload = requireBucket(host.store, request.bucket).uploads.get(
    request.query.get("uploadId") ?? "",
  );
  if (upload?.key !== request.key) throw new S3Error("NoSuchUpload");
  return upload;
}

function createUpload({ request, host }: Call): S3Answer {
  const bucket = requireBucket(host.store, request.bucket);
  const upload = {
    ...readDraft(request, bucket),
    uploadId: newUploadId(),
    initiatedAt: request.now,
    parts: new Map(),
  };
  bucket.uploads.set(upload.uploadId, upload);
  return xmlAnswer("InitiateMultipartUploadResult", {
    Bucket: bucket.name,
    Key: request.key,
    UploadId: upload.uploadId,
  });
}

function uploadPart(call: Call): S3Answer {
  const { body, digests, headers } = call.request;
  const checksums = verifyChecksums(digests, headers);
  const part = storePart(call, { body, etag: digests.md5, checksums });
  return { headers: { etag: `"${part.etag}"`, ...checksums } };
}

/** Stores a part of an upload; a part of the same number is replaced. */
export function storePart(call: Call, content: ObjectContent): UploadedPart {
  const upload = requireUpload(call);
  const number = Number(call.request.query.get("partNumber"));
  if (!Number.isInteger(number) || number < 1 || number > maxPartNumber) {
    throw new S3Error("InvalidArgument", {
      message: `Part number must be an integer between 1 and ${maxPartNumber}, inclusive`,
      elements: { ArgumentName: "partNumber" },
    });
  }
  const part = { ...content, uploadedAt: call.request.now };
  upload.parts.set(number, part);
  return part;
}

function completeUpload(call: Call): S3Answer {
  const { request, host } = call;
  const bucket = requireBucket(host.store, request.bucket);
  const upload = requireUpload(call);
  const { Part } = readBody(request, "CompleteMultipartUpload", completionSchema);
  const parts = collectParts(upload, Part);
  if (!host.ignoresConditions) checkWrite(currentObject(bucket, request.key), request.headers);
  const content = {
    body: Body.joined(parts.map(({ body }) => body)),
    etag: multipartTag(parts),
    checksums: {},
  };
  const version = addObject(bucket, upload, content, request.now);
  bucket.uploads.delete(upload.uploadId);
  return xmlAnswer(
    "CompleteMultipartUploadResult",
    {
      Location: `/${bucket.name}/${request.key}`,
      Bucket: bucket.name,
      Key: request.key,
      ETag: `"${version.etag}"`,
    },
    versionHeader(bucket, version.versionId),
  );
}

function collectParts(upload: MultipartUpload, listed: readonly ListedPart[]): UploadedPart[] {
  if (listed.some(({ PartNumber }, index) => PartNumber <= (listed[index - 1]?.PartNumber ?? 0))) {
    throw new S3Error("InvalidPartOrder");
  }
  return listed.map((entry, index) => {
    const part = upload.parts.get(entry.PartNumber);
    if (!part || !isSamePart(part, entry)) {
      throw new S3Error("InvalidPart", { elements: { PartNumber: String(entry.PartNumber) } });
    }
    if (index < listed.length - 1 && part.body.length < minPartBytes) {
      throw new S3Error("EntityTooSmall", {
        elements: {
          ProposedSize: String(part.body.length),
          MinSizeAllowed: String(minPartBytes),
          PartNumber: String(entry.PartNumber),
        },
      });
    }
    return part;
  });
}

function isSamePart(part: UploadedPart, entry: ListedPart): boolean {
  const checksums = Object.entries(entry).filter(([name]) => name.startsWith("Checksum"));
  return (
    entry.ETag.replaceAll('"', "") === part.etag &&
    checksums.every(
      ([name, value]) =>
        part.checksums[name.replace("Checksum", "x-amz-checksum-").toLowerCase()] === value,
    )
  );
}

/** The entity tag of an object made of parts is no hash of its bytes, but of its parts' hashes. */
function multipartTag(parts: readonly UploadedPart[]): string {
  const hashes = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, "hex")));
  return `${createHash("md5").update(hashes).digest("hex")}-${parts.length}`;
}

function abortUpload(call: Call): S3Answer {
  const upload = requireUpload(call);
  requireBucket(call.host.store, call.request.bucket).uploads.delete(upload.uploadId);
  return { status: 204 };
}

/** Operations of an upload in parts. */
export const multipartOperations: readonly Operation[] = [
  {
    name: "CreateMultipartUpload",
    method: "POST",
    level: "object",
    selectors: ["uploads"],
    headers: uploadHeaders,
    permissions: uploadPermissions,
    run: createUpload,
  },
  {
    name: "UploadPart",
    method: "PUT",
    level: "object",
    selectors: ["uploadId", "partNumber"],
    permissions: requires("s3:PutObject"),
    takesObject: true,
    run: uploadPart,
  },
  {
    name: "CompleteMultipartUpload",
    method: "POST",
    level: "object",
    selectors: ["uploadId"],
    headers: ["if-none-match", "if-match"],
    permissions: requires("s3:PutObject"),
    run: completeUpload,
  },
  {
    name: "AbortMultipartUpload",
    method: "DELETE",
    level: "object",
    selectors: ["uploadId"],
    permissions: requires("s3:AbortMultipartUpload"),
    run: abortUpload,
  },
];
