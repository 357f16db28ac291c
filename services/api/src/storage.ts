import { createHash } from "node:crypto";

import { GetObjectCommand, type S3Client, paginateListParts } from "@aws-sdk/client-s3";

import type { ListedPart } from "./uploads/parts.ts";

/** An object in a bucket. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

/** An upload in parts, as storage knows it. */
export interface PartsPlace extends ObjectPlace {
  /** UploadId. */
  readonly storageId: string;
}

/** What storage says of an object. */
export interface StoredObject {
  readonly size: number;
  /** With its quotes. */
  readonly tag: string;
}

/** Whether a failure is an answer of S3 with such a code. */
export function isS3Error(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && codes.includes(error.name);
}

/** Every part that storage has, of all pages: S3 lists 1000 at a time. @throws S3's NoSuchUpload */
export async function listParts(
  client: S3Client,
  { bucket, key, storageId }: PartsPlace,
): Promise<ListedPart[]> {
  const parts: ListedPart[] = [];
  const request = { Bucket: bucket, Key: key, UploadId: storageId };
  for await (const { Parts = [] } of paginateListParts({ client }, request)) {
    for (const { PartNumber = 0, Size = 0, ETag = "" } of Parts)
      parts.push({ number: PartNumber, bytes: Size, etag: ETag });
  }
  return parts;
}

/**
 * Size and tag of an object; undefined when there is none. One byte is read instead of a HEAD: an answer to HEAD has no
 * body, and whoever may not list is answered 403 both for a missing object and for a key that is not valid (any more).
 * The body says which, and only the first means that an upload is lost.
 */
export async function inspectObject(
  client: S3Client,
  { bucket, key }: ObjectPlace,
): Promise<StoredObject | undefined> {
  try {
    const { Body, ContentRange, ETag } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, Range: "bytes=0-0" }),
    );
    await Body?.transformToByteArray();
    return { size: Number(/\/(\d+)$/.exec(ContentRange ?? "")?.[1]), tag: ETag ?? "" };
  } catch (error) {
    if (isS3Error(error, "AccessDenied", "NoSuchKey")) return undefined;
    throw error;
  }
}

/** Tag of an object made of parts: the MD5 of its parts' MD5s, and their number. With quotes, as S3 writes it. */
export function tagOfParts(parts: readonly ListedPart[]): string {
  const hashes = parts.map(({ etag }) => Buffer.from(etag.replaceAll('"', ""), "hex"));
  const hash = createHash("md5").update(Buffer.concat(hashes)).digest("hex");
  return `"${hash}-${parts.length}"`;
}
