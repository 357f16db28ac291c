import { z } from "zod";

import { S3Error } from "../errors.ts";
import { requireBucket } from "../store.ts";
import { requireObject } from "../versions.ts";
import { container, repeated } from "../xml.ts";
import {
  type Call,
  type Operation,
  type S3Answer,
  readBody,
  requires,
  xmlAnswer,
} from "./operation.ts";
import { checkAcl } from "./uploads.ts";

const xsi = "http://www.w3.org/2001/XMLSchema-instance";

const ownerSchema = z.strictObject({ ID: z.string(), DisplayName: z.string().exactOptional() });

const aclSchema = z.strictObject({
  Owner: ownerSchema,
  AccessControlList: container(
    z.strictObject({
      Grant: repeated(
        z.strictObject({
          Grantee: z.looseObject({ ID: z.string().exactOptional() }),
          Permission: z.string(),
        }),
      ),
    }),
  ),
});

/** The group of S3 that is everybody (Amazon S3, access control list overview). */
const everybody = "http://acs.amazonaws.com/groups/global/AllUsers";

/** What the canned list `public-read` of a bucket lets anybody do. */
const listing = "s3:ListBucket";

function readAcl({ request, host }: Call): S3Answer {
  const isListed = request.key === "" && host.anybodyMay?.get(request.bucket)?.has(listing);
  const toAll = { "@xmlns:xsi": xsi, "@xsi:type": "Group", URI: everybody };
  return xmlAnswer("AccessControlPolicy", {
    Owner: { ID: host.ownerId },
    AccessControlList: {
      Grant: [
        {
          Grantee: { "@xmlns:xsi": xsi, "@xsi:type": "CanonicalUser", ID: host.ownerId },
          Permission: "FULL_CONTROL",
        },
        ...(isListed ? [{ Grantee: toAll, Permission: "READ" }] : []),
      ],
    },
  });
}

/** Sets one of the two canned lists of a bucket that a platform with public buckets has; false for any other request. */
function setCanned({ request, host }: Call): boolean {
  const acl = request.headers["x-amz-acl"];
  if (request.key !== "" || !host.anybodyMay) return false;
  if (acl === "public-read") host.anybodyMay.set(request.bucket, new Set([listing]));
  if (acl === "private") {
    const others = [...(host.anybodyMay.get(request.bucket) ?? [])].filter(
      (one) => one !== listing,
    );
    host.anybodyMay.set(request.bucket, new Set(others));
  }
  return acl === "public-read" || acl === "private";
}

/**
 * Accepts the ACL that every bucket and object has anyway: the owner's; and where a platform has public buckets their two
 * canned lists. Other grants are what policies are for
 * (docs.wasabi.com/v1/docs/using-policies-vs-acls-in-wasabi).
 */
function writeAcl(call: Call): S3Answer {
  const { request, host } = call;
  if (setCanned(call)) return {};
  checkAcl(request.headers["x-amz-acl"]);
  if (request.body.length > 0) {
    const { AccessControlList } = readBody(request, "AccessControlPolicy", aclSchema);
    const foreign = AccessControlList.Grant.find(({ Grantee }) => Grantee.ID !== host.ownerId);
    if (foreign) {
      throw new S3Error("NotImplemented", {
        message: "Grants to anybody but the owner are not implemented.",
      });
    }
  }
  return {};
}

const onBucket = {
  level: "bucket",
  selectors: ["acl"],
} as const;

const onObject = {
  level: "object",
  selectors: ["acl"],
  parameters: ["versionId"],
} as const;

const existing =
  (run: Operation["run"]): Operation["run"] =>
  (call) => {
    const { request, host } = call;
    const bucket = requireBucket(host.store, request.bucket);
    if (request.key !== "") requireObject(bucket, request.key, request.query.get("versionId"));
    return run(call);
  };

/** Operations on access control lists, which grant nothing here but the list of a public bucket. */
export const aclOperations: readonly Operation[] = [
  {
    ...onBucket,
    name: "GetBucketAcl",
    method: "GET",
    permissions: requires("s3:GetBucketAcl"),
    run: existing(readAcl),
  },
  {
    ...onBucket,
    name: "PutBucketAcl",
    method: "PUT",
    headers: ["x-amz-acl"],
    permissions: requires("s3:PutBucketAcl"),
    run: existing(writeAcl),
  },
  {
    ...onObject,
    name: "GetObjectAcl",
    method: "GET",
    permissions: requires("s3:GetObjectAcl"),
    run: existing(readAcl),
  },
  {
    ...onObject,
    name: "PutObjectAcl",
    method: "PUT",
    headers: ["x-amz-acl"],
    permissions: requires("s3:PutObjectAcl"),
    run: existing(writeAcl),
  },
];
