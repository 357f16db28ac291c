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

function readAcl({ host }: Call): S3Answer {
  return xmlAnswer("AccessControlPolicy", {
    Owner: { ID: host.ownerId },
    AccessControlList: {
      Grant: {
        Grantee: { "@xmlns:xsi": xsi, "@xsi:type": "CanonicalUser", ID: host.ownerId },
        Permission: "FULL_CONTROL",
      },
    },
  });
}

/**
 * Accepts the ACL that every bucket and object has anyway: the owner's. Grants to others are what policies are for
 * (docs.wasabi.com/v1/docs/using-policies-vs-acls-in-wasabi).
 */
function writeAcl({ request, host }: Call): S3Answer {
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

/** Operations on access control lists, which grant nothing here. */
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
