import { z } from "zod";

import { S3Error } from "../errors.ts";
import { changeRetention, readMode, readUntil } from "../retention.ts";
import { type Bucket, type ObjectVersion, requireBucket } from "../store.ts";
import { tagContent, tagRecord, taggingSchema } from "../tags.ts";
import { requireObject } from "../versions.ts";
import { container } from "../xml.ts";
import { bypassesGovernance } from "./objects.ts";
import {
  type Call,
  type Operation,
  type S3Answer,
  readBody,
  requires,
  xmlAnswer,
} from "./operation.ts";
import { readLegalHold, versionHeader } from "./uploads.ts";

const retentionSchema = container(
  z.strictObject({
    Mode: z.string().exactOptional(),
    RetainUntilDate: z.string().exactOptional(),
  }),
);

const legalHoldSchema = z.strictObject({ Status: z.string() });

/** Runs something on the version that a request names. */
function onVersion(
  run: (version: ObjectVersion, call: Call, bucket: Bucket) => S3Answer,
): Operation["run"] {
  return (call) => {
    const { request, host } = call;
    const bucket = requireBucket(host.store, request.bucket);
    const version = requireObject(bucket, request.key, request.query.get("versionId"));
    const answer = run(version, call, bucket);
    return {
      ...answer,
      headers: { ...answer.headers, ...versionHeader(bucket, version.versionId) },
    };
  };
}

function requireLock(bucket: Bucket): void {
  if (bucket.objectLock) return;
  throw new S3Error("InvalidRequest", { message: "Bucket is missing Object Lock Configuration" });
}

function readRetention({ retention }: ObjectVersion, _call: Call, bucket: Bucket): S3Answer {
  requireLock(bucket);
  if (!retention) throw new S3Error("NoSuchObjectLockConfiguration");
  return xmlAnswer("Retention", {
    Mode: retention.mode,
    RetainUntilDate: retention.until.toISOString(),
  });
}

function writeRetention(version: ObjectVersion, call: Call, bucket: Bucket): S3Answer {
  requireLock(bucket);
  const { request } = call;
  const { Mode, RetainUntilDate } = readBody(request, "Retention", retentionSchema);
  if ((Mode === undefined) !== (RetainUntilDate === undefined)) throw new S3Error("MalformedXML");
  const wanted =
    Mode === undefined || RetainUntilDate === undefined
      ? undefined
      : { mode: readMode(Mode), until: readUntil(RetainUntilDate, request.now) };
  changeRetention(version, wanted, request.now, bypassesGovernance(call, version.key));
  return {};
}

function readHold({ hasLegalHold }: ObjectVersion, _call: Call, bucket: Bucket): S3Answer {
  requireLock(bucket);
  return xmlAnswer("LegalHold", { Status: hasLegalHold ? "ON" : "OFF" });
}

function writeHold(version: ObjectVersion, { request }: Call, bucket: Bucket): S3Answer {
  requireLock(bucket);
  version.hasLegalHold = readLegalHold(readBody(request, "LegalHold", legalHoldSchema).Status);
  return {};
}

function readTags({ tags }: ObjectVersion): S3Answer {
  return xmlAnswer("Tagging", tagContent(tags));
}

function writeTags(version: ObjectVersion, { request }: Call): S3Answer {
  version.tags = tagRecord(readBody(request, "Tagging", taggingSchema).TagSet.Tag);
  return {};
}

function removeTags(version: ObjectVersion): S3Answer {
  version.tags = {};
  return { status: 204 };
}

/** Tagging a version by its id needs a permission of its own; locks do not make that difference. */
const tagging =
  (verb: string): Operation["permissions"] =>
  (request) =>
    requires(`s3:${verb}Object${request.query.has("versionId") ? "Version" : ""}Tagging`)(request);

const object = { level: "object", parameters: ["versionId"] } as const;

/** Operations on what belongs to a version beside its bytes: tags, retention and legal hold. */
export const objectSettingOperations: readonly Operation[] = [
  {
    ...object,
    name: "GetObjectTagging",
    method: "GET",
    selectors: ["tagging"],
    permissions: tagging("Get"),
    run: onVersion(readTags),
  },
  {
    ...object,
    name: "PutObjectTagging",
    method: "PUT",
    selectors: ["tagging"],
    permissions: tagging("Put"),
    run: onVersion(writeTags),
  },
  {
    ...object,
    name: "DeleteObjectTagging",
    method: "DELETE",
    selectors: ["tagging"],
    permissions: tagging("Delete"),
    run: onVersion(removeTags),
  },
  {
    ...object,
    name: "GetObjectRetention",
    method: "GET",
    selectors: ["retention"],
    permissions: requires("s3:GetObjectRetention"),
    run: onVersion(readRetention),
  },
  {
    ...object,
    name: "PutObjectRetention",
    method: "PUT",
    selectors: ["retention"],
    headers: ["x-amz-bypass-governance-retention"],
    permissions: requires("s3:PutObjectRetention"),
    run: onVersion(writeRetention),
  },
  {
    ...object,
    name: "GetObjectLegalHold",
    method: "GET",
    selectors: ["legal-hold"],
    permissions: requires("s3:GetObjectLegalHold"),
    run: onVersion(readHold),
  },
  {
    ...object,
    name: "PutObjectLegalHold",
    method: "PUT",
    selectors: ["legal-hold"],
    permissions: requires("s3:PutObjectLegalHold"),
    run: onVersion(writeHold),
  },
];
