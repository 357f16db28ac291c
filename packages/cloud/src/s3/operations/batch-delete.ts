import { z } from "zod";

import { verifyChecksums } from "../checksums.ts";
import { S3Error } from "../errors.ts";
import { requireBucket } from "../store.ts";
import { deleteObject } from "../versions.ts";
import { type XmlValue, repeated } from "../xml.ts";
import { bypassesGovernance, deletePermission } from "./objects.ts";
import { type Call, type Operation, type S3Answer, readBody, xmlAnswer } from "./operation.ts";

const deleteSchema = z.strictObject({
  Object: repeated(
    z.strictObject({ Key: z.string().min(1), VersionId: z.string().exactOptional() }),
  ).refine((objects) => objects.length >= 1 && objects.length <= 1000, "must be 1 to 1000 objects"),
  Quiet: z.enum(["true", "false"]).exactOptional(),
});

/** Each key is allowed and deleted by itself: some may fail and the answer is still 200. */
function deleteObjects(call: Call): S3Answer {
  const { request, host } = call;
  const bucket = requireBucket(host.store, request.bucket);
  verifyChecksums(request.digests, request.headers);
  const wanted = readBody(request, "Delete", deleteSchema);
  const errors: XmlValue[] = [];
  const deleted: XmlValue[] = [];
  for (const { Key, VersionId } of wanted.Object) {
    try {
      if (!call.may(deletePermission(bucket.name, Key, VersionId))) {
        throw new S3Error("AccessDenied");
      }
      const bypass = bypassesGovernance(call, Key);
      const deletion = deleteObject(bucket, Key, VersionId, request.now, bypass);
      deleted.push({
        Key,
        VersionId,
        DeleteMarker: deletion.isDeleteMarker || undefined,
        DeleteMarkerVersionId: deletion.isDeleteMarker ? deletion.versionId : undefined,
      });
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      errors.push({ Key, VersionId, Code: error.code, Message: error.message });
    }
  }
  return xmlAnswer("DeleteResult", {
    Deleted: wanted.Quiet === "true" ? undefined : deleted,
    Error: errors,
  });
}

/** Deletion of up to 1000 objects with one request. */
export const batchDeleteOperations: readonly Operation[] = [
  {
    name: "DeleteObjects",
    method: "POST",
    level: "bucket",
    selectors: ["delete"],
    headers: ["x-amz-bypass-governance-retention"],
    permissions: () => [],
    run: deleteObjects,
  },
];
