import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";

import { type PartsPlace, type ObjectPlace, listParts } from "../storage.ts";
import {
  type ListedPart,
  type Partition,
  compareParts,
  partCount,
  rangeOfPart,
} from "../uploads/parts.ts";

/** What is copied where, by the key of the role `promoter`. */
export interface Copy extends Partition {
  readonly client: S3Client;
  readonly source: ObjectPlace;
  /** Tag of the source: another object of the same name is not copied. */
  readonly sourceTag: string;
  readonly target: PartsPlace;
  /** Ends the copy between two parts, or in one. */
  readonly signal: AbortSignal;
  /** Told the percentage after each part. */
  readonly onProgress: (percent: number) => void;
}

/** Parts that storage copies at a time: it does the work, the API only waits. */
const concurrency = 8;

/** Begins the upload in masters that the parts are copied into. @returns its UploadId */
export async function beginMaster(
  client: S3Client,
  { bucket, key }: ObjectPlace,
  contentType: string,
): Promise<string> {
  const { UploadId = "" } = await client.send(
    new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ContentType: contentType }),
  );
  return UploadId;
}

/**
 * Copies what is not copied yet. Storage itself says which parts it has, so whoever goes on needs no other notes.
 *
 * @returns all parts.
 * @throws S3's NoSuchUpload when the upload in masters is complete or was given up.
 */
export async function copyParts(copy: Copy): Promise<ListedPart[]> {
  const { good, missing } = compareParts(copy, await listParts(copy.client, copy.target));
  const done = [...good];
  const waiting = [...missing];
  const worker = async () => {
    for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) {
      copy.signal.throwIfAborted();
      done.push(await copyPart(copy, number));
      copy.onProgress(Math.floor((100 * done.length) / partCount(copy)));
    }
  };
  const workers = Array.from({ length: concurrency }, worker);
  // All of them, so that none goes on after the caller has given the promotion back.
  const failed = (await Promise.allSettled(workers)).find(({ status }) => status === "rejected");
  if (failed) throw (failed as PromiseRejectedResult).reason;
  return done.sort((a, b) => a.number - b.number);
}

async function copyPart(copy: Copy, number: number): Promise<ListedPart> {
  const { client, source, sourceTag, target, signal } = copy;
  const [first, last] = rangeOfPart(copy, number);
  const { CopyPartResult } = await client.send(
    new UploadPartCopyCommand({
      Bucket: target.bucket,
      Key: target.key,
      UploadId: target.storageId,
      PartNumber: number,
      CopySource: `${source.bucket}/${source.key}`,
      CopySourceRange: `bytes=${first}-${last}`,
      CopySourceIfMatch: sourceTag,
    }),
    { abortSignal: signal },
  );
  return { number, bytes: last - first + 1, etag: CopyPartResult?.ETag ?? "" };
}

/** Makes the master of its parts. Until then there is none; after it, it is whole. */
export async function publishMaster(
  client: S3Client,
  { bucket, key, storageId }: PartsPlace,
  parts: readonly ListedPart[],
): Promise<void> {
  await client.send(
    new CompleteMultipartUploadCommand({
      Bucket: bucket,
      Key: key,
      UploadId: storageId,
      MultipartUpload: {
        Parts: parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag })),
      },
    }),
  );
}
