import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  AbortMultipartUploadCommand,
  HeadObjectCommand,
  type S3Client,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";

import type { StoredVersion } from "../../context/object-versions.ts";

/** Bytes that one request copies: S3 would take five times as many, and not answer for minutes. */
const largestPart = 2 ** 30;

/**
 * A version as a copy names it. Each part of the key is encoded by itself: as a whole, `+`, `?` and `#` would be read as
 * something else, and unencoded the signature does not match.
 */
export function copySource(bucket: string, { key, version }: StoredVersion): string {
  const path = key.split("/").map(encodeURIComponent).join("/");
  return `${bucket}/${path}?versionId=${encodeURIComponent(version)}`;
}

/** How a copy is made. */
export interface CopyOptions {
  /** Client that takes an upload back also when the command is interrupted; default: the same. */
  readonly finishing?: S3Client;
  /** Bytes that one request copies. */
  readonly partBytes?: number;
}

/** Makes a version the newest one of its key, with its type, its headers and its metadata. @returns the new version. */
export async function copyToTop(
  storage: S3Client,
  Bucket: string,
  source: StoredVersion,
  { finishing = storage, partBytes = largestPart }: CopyOptions = {},
): Promise<string> {
  const CopySource = copySource(Bucket, source);
  const place = { Bucket, Key: source.key };
  if (source.bytes > partBytes)
    return copyInParts({ storage, finishing, place, source, CopySource, partBytes });
  const { VersionId = "" } = await storage.send(
    new CopyObjectCommand({ ...place, CopySource, ChecksumAlgorithm: "CRC32" }),
  );
  return VersionId;
}

interface CopyInParts {
  readonly storage: S3Client;
  readonly finishing: S3Client;
  readonly place: { readonly Bucket: string; readonly Key: string };
  readonly source: StoredVersion;
  readonly CopySource: string;
  readonly partBytes: number;
}

async function copyInParts(copy: CopyInParts): Promise<string> {
  const { storage, finishing, place } = copy;
  const { UploadId } = await storage.send(
    new CreateMultipartUploadCommand({ ...place, ...(await headersOf(copy)) }),
  );
  try {
    const MultipartUpload = { Parts: await copyParts(copy, UploadId) };
    const { VersionId = "" } = await storage.send(
      new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload }),
    );
    return VersionId;
  } catch (error) {
    // Why it failed is said, whatever becomes of this: the bucket's own rule removes what is left.
    await finishing
      .send(new AbortMultipartUploadCommand({ ...place, UploadId }))
      .catch(() => undefined);
    throw error;
  }
}

/** What a copy in parts does not take over by itself. */
async function headersOf({ storage, place, source }: CopyInParts) {
  const { ContentType, Metadata, CacheControl, ContentDisposition, ContentEncoding, ...rest } =
    await storage.send(new HeadObjectCommand({ ...place, VersionId: source.version }));
  const { ContentLanguage, ExpiresString } = rest;
  return {
    ...{ ContentType, Metadata, CacheControl, ContentDisposition, ContentEncoding },
    ContentLanguage,
    ...(ExpiresString === undefined ? {} : { Expires: new Date(ExpiresString) }),
  };
}

async function copyParts(
  { storage, place, source: { bytes }, CopySource, partBytes }: CopyInParts,
  UploadId: string | undefined,
) {
  const parts = [];
  for (let from = 0, PartNumber = 1; from < bytes; from += partBytes, PartNumber += 1) {
    const CopySourceRange = `bytes=${from}-${Math.min(from + partBytes, bytes) - 1}`;
    const { CopyPartResult } = await storage.send(
      new UploadPartCopyCommand({ ...place, UploadId, PartNumber, CopySource, CopySourceRange }),
    );
    parts.push({ PartNumber, ETag: CopyPartResult?.ETag });
  }
  return parts;
}
