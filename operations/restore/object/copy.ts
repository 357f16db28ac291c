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

/** Largest object that one copy may make, and size of a part where it is larger, in bytes: limits of S3. */
const mostBytes = 5 * 2 ** 30;
const partBytes = 2 ** 30;

/**
 * A version as a copy names it. Each part of the key is encoded by itself: as a whole, `+`, `?` and `#` would be read as
 * something else, and unencoded the signature does not match.
 */
export function copySource(bucket: string, { key, version }: StoredVersion): string {
  const path = key.split("/").map(encodeURIComponent).join("/");
  return `${bucket}/${path}?versionId=${encodeURIComponent(version)}`;
}

/** Makes a version the newest one of its key, with its type and metadata. @returns the new version. */
export async function copyToTop(
  storage: S3Client,
  Bucket: string,
  source: StoredVersion,
): Promise<string> {
  const CopySource = copySource(Bucket, source);
  const place = { Bucket, Key: source.key };
  if (source.bytes > mostBytes) return copyInParts(storage, place, source, CopySource);
  const { VersionId = "" } = await storage.send(
    new CopyObjectCommand({ ...place, CopySource, ChecksumAlgorithm: "CRC32" }),
  );
  return VersionId;
}

interface Place {
  readonly Bucket: string;
  readonly Key: string;
}

async function copyInParts(
  storage: S3Client,
  place: Place,
  { bytes, version }: StoredVersion,
  CopySource: string,
): Promise<string> {
  const { ContentType, Metadata } = await storage.send(
    new HeadObjectCommand({ ...place, VersionId: version }),
  );
  const { UploadId } = await storage.send(
    new CreateMultipartUploadCommand({ ...place, ContentType, Metadata }),
  );
  try {
    const Parts = [];
    for (let from = 0, PartNumber = 1; from < bytes; from += partBytes, PartNumber += 1) {
      const CopySourceRange = `bytes=${from}-${Math.min(from + partBytes, bytes) - 1}`;
      const { CopyPartResult } = await storage.send(
        new UploadPartCopyCommand({ ...place, UploadId, PartNumber, CopySource, CopySourceRange }),
      );
      Parts.push({ PartNumber, ETag: CopyPartResult?.ETag });
    }
    const { VersionId = "" } = await storage.send(
      new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } }),
    );
    return VersionId;
  } catch (error) {
    await storage.send(new AbortMultipartUploadCommand({ ...place, UploadId }));
    throw error;
  }
}
