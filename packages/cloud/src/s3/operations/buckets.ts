import { z } from "zod";

import { S3Error } from "../errors.ts";
import { type Bucket, newBucket, requireBucket } from "../store.ts";
import { deleteObject } from "../versions.ts";
import { deletePermission } from "./objects.ts";
import {
  type Call,
  type Operation,
  type S3Answer,
  type S3Host,
  type S3Request,
  readBody,
  requires,
  xmlAnswer,
} from "./operation.ts";
import { checkAcl } from "./uploads.ts";

const creationSchema = z.strictObject({ LocationConstraint: z.string().exactOptional() });

/** Names that Amazon S3 allows: 3 to 63 characters, and nothing that looks like an address or a reserved name. */
function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !/\.\.|\.-|-\./.test(name) &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(xn--|sthree-)|-s3alias$|--ol-s3$/.test(name)
  );
}

function createBucket({ request, host }: Call): S3Answer {
  const { headers, bucket: name } = request;
  if (!isBucketName(name))
    throw new S3Error("InvalidBucketName", { elements: { BucketName: name } });
  checkAcl(headers["x-amz-acl"]);
  checkLocation(request, host);
  if (host.isNameTaken(name)) throw new S3Error("BucketAlreadyExists");
  if (host.store.buckets.has(name)) throw new S3Error("BucketAlreadyOwnedByYou");
  if (host.store.buckets.size >= host.maxBuckets) throw new S3Error("TooManyBuckets");
  const hasObjectLock = headers["x-amz-bucket-object-lock-enabled"]?.toLowerCase() === "true";
  host.store.buckets.set(name, newBucket(name, request.now, hasObjectLock));
  return { headers: { location: `/${name}` } };
}

function checkLocation(request: S3Request, { hasLocation }: S3Host): void {
  const wanted =
    request.body.length === 0
      ? ""
      : readBody(request, "CreateBucketConfiguration", creationSchema.or(z.literal("")));
  const constraint = wanted === "" ? undefined : wanted.LocationConstraint;
  if (hasLocation(constraint)) return;
  throw new S3Error("IllegalLocationConstraintException", {
    message: `The ${constraint ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  });
}

function deleteBucket(call: Call): S3Answer {
  const { request, host } = call;
  const bucket = requireBucket(host.store, request.bucket);
  if (request.query.get("force_delete") === "true") emptyBucket(call, bucket);
  if (bucket.objects.size > 0) throw new S3Error("BucketNotEmpty");
  host.store.buckets.delete(bucket.name);
  return { status: 204 };
}

/**
 * Wasabi's extension: deletes every version first, as far as policies and locks let it
 * (docs.wasabi.com/apidocs/operations-on-buckets-1).
 */
function emptyBucket({ request, may }: Call, bucket: Bucket): void {
  const versions = [...bucket.objects.values()].flat();
  const isAllowed = ({ key, versionId }: (typeof versions)[number]) =>
    may(deletePermission(bucket.name, key, versionId));
  if (!versions.every(isAllowed)) throw new S3Error("AccessDenied");
  for (const { key, versionId } of versions) {
    deleteObject(bucket, key, versionId, request.now, false);
  }
}

function headBucket({ request, host }: Call): S3Answer {
  const { region = host.region } = requireBucket(host.store, request.bucket);
  return { headers: { "x-amz-bucket-region": region } };
}

function bucketLocation({ request, host }: Call): S3Answer {
  const { region = host.region } = requireBucket(host.store, request.bucket);
  return xmlAnswer("LocationConstraint", region === "us-east-1" ? "" : region);
}

function listBuckets({ host }: Call): S3Answer {
  const buckets = [...host.store.buckets.values()].sort((first, second) =>
    first.name < second.name ? -1 : 1,
  );
  return xmlAnswer("ListAllMyBucketsResult", {
    Owner: { ID: host.ownerId },
    Buckets: {
      Bucket: buckets.map(({ name, createdAt }) => ({
        Name: name,
        CreationDate: createdAt.toISOString(),
      })),
    },
  });
}

/** Operations on buckets themselves. */
export const bucketOperations: readonly Operation[] = [
  {
    name: "ListBuckets",
    method: "GET",
    level: "service",
    permissions: () => [{ action: "s3:ListAllMyBuckets", bucket: "*" }],
    run: listBuckets,
  },
  {
    name: "CreateBucket",
    method: "PUT",
    level: "bucket",
    headers: ["x-amz-acl", "x-amz-bucket-object-lock-enabled"],
    permissions: ({ bucket, headers }) => [
      { action: "s3:CreateBucket", bucket },
      ...(headers["x-amz-bucket-object-lock-enabled"] === undefined
        ? []
        : ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"].map((action) => ({
            action,
            bucket,
          }))),
    ],
    run: createBucket,
  },
  {
    name: "HeadBucket",
    method: "HEAD",
    level: "bucket",
    permissions: requires("s3:ListBucket"),
    run: headBucket,
  },
  {
    name: "GetBucketLocation",
    method: "GET",
    level: "bucket",
    selectors: ["location"],
    permissions: requires("s3:GetBucketLocation"),
    run: bucketLocation,
  },
  {
    name: "DeleteBucket",
    method: "DELETE",
    level: "bucket",
    permissions: requires("s3:DeleteBucket"),
    run: deleteBucket,
  },
];

/** The same, with Wasabi's way of deleting a bucket that is not empty. */
export const forceDeleteOperation: Operation = {
  name: "DeleteBucket",
  method: "DELETE",
  level: "bucket",
  selectors: ["force_delete"],
  permissions: requires("s3:DeleteBucket"),
  run: deleteBucket,
};
