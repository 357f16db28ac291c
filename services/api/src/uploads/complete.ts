import { CompleteMultipartUploadCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Pool } from "pg";

import { RequestError } from "@mam-services/common/errors";
import { type PartsPlace, inspectObject, isS3Error, listParts, tagOfParts } from "../storage.ts";
import { type ListedPart, compareParts } from "./parts.ts";
import { type Upload, expectTag, findExpectedTag, markCompleted } from "./store.ts";

/** Where uploads go, and the two keys for it. */
export interface Staging {
  readonly bucket: string;
  /** Key of the role `uploader`: begins, signs, lists, completes and aborts. */
  readonly uploader: S3Client;
  /** Key of the role `promoter`: it alone may read staging. */
  readonly reader: S3Client;
}

/** Numbers that an answer names at most; the page asks again after it has sent them. */
const namedParts = 100;

/** The file cannot be had from storage any more: it has to be uploaded again. */
const gone = () =>
  new RequestError(
    409,
    "upload-gone",
    "The upload was given up or has expired. Upload the file again from its beginning.",
  );

/** Where an upload is in storage. */
export const placeOf = ({ bucket }: Staging, { key, storageId }: Upload): PartsPlace => ({
  bucket,
  key,
  storageId,
});

/**
 * Completes an upload, as often as it is asked for: the answer may be lost, and two tabs may ask at once. Each part's
 * size is compared before, the object's size and tag after it.
 *
 * @throws RequestError 409 with the parts that are missing, or when the upload is gone.
 */
export async function completeUpload(
  database: Pool,
  staging: Staging,
  upload: Upload,
): Promise<void> {
  if (upload.status === "completed") return;
  if (upload.status === "aborted") throw gone();
  const expected = await publish(database, staging, upload);
  const object = await inspectObject(staging.reader, placeOf(staging, upload));
  if (!object) throw gone();
  if (object.size !== upload.size || object.tag !== expected)
    throw new RequestError(
      409,
      "upload-differs",
      `Storage has ${object.size} bytes, the file has ${upload.size}, or they are other bytes. Upload it again.`,
    );
  await markCompleted(database, upload.id, object.tag);
}

/** Has storage put the parts together. @returns the tag that the object must have. */
async function publish(database: Pool, staging: Staging, upload: Upload): Promise<string> {
  const { uploader } = staging;
  const place = placeOf(staging, upload);
  try {
    const { good, missing } = compareParts(upload, await listParts(uploader, place));
    if (missing.length > 0) throw incomplete(missing);
    const tag = tagOfParts(good);
    await expectTag(database, upload.id, tag);
    await uploader.send(completion(place, good));
    return tag;
  } catch (error) {
    // Completed before, by a call whose answer was lost or that runs beside this one; or given up.
    if (isS3Error(error, "NoSuchUpload")) return await expectedTag(database, upload.id);
    if (isS3Error(error, "InvalidPart"))
      throw new RequestError(
        409,
        "part-replaced",
        "A part was replaced meanwhile. Complete it again.",
      );
    throw error;
  }
}

/** @throws RequestError when nobody ever asked storage to complete it: then it was given up. */
async function expectedTag(database: Pool, id: string): Promise<string> {
  const tag = await findExpectedTag(database, id);
  if (tag === undefined) throw gone();
  return tag;
}

const incomplete = (missing: readonly number[]) =>
  new RequestError(
    409,
    "parts-missing",
    `${missing.length} parts are missing or have another size.`,
    {
      details: { missing: missing.slice(0, namedParts), missingCount: missing.length },
    },
  );

function completion({ bucket, key, storageId }: PartsPlace, parts: readonly ListedPart[]) {
  return new CompleteMultipartUploadCommand({
    Bucket: bucket,
    Key: key,
    UploadId: storageId,
    MultipartUpload: {
      Parts: parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag })),
    },
  });
}
