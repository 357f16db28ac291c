import type { CorsRule } from "../s3/cors.ts";
import { aclOperations } from "../s3/operations/access-control-lists.ts";
import { batchDeleteOperations } from "../s3/operations/batch-delete.ts";
import { bucketOperations, forceDeleteOperation } from "../s3/operations/buckets.ts";
import { configurationOperations } from "../s3/operations/configurations.ts";
import { copyOperations } from "../s3/operations/copies.ts";
import { multipartOperations } from "../s3/operations/multipart.ts";
import { objectListingOperations } from "../s3/operations/object-listings.ts";
import { objectSettingOperations } from "../s3/operations/object-settings.ts";
import { objectOperations } from "../s3/operations/objects.ts";
import type { Operation } from "../s3/operations/operation.ts";
import { uploadListingOperations } from "../s3/operations/upload-listings.ts";
import type { S3Service } from "../s3/service.ts";
import type { S3Store } from "../s3/store.ts";
import { type Account, activeSecret } from "./account.ts";
import { authoriseS3 } from "./authorisation.ts";
import { checkBucketPolicy } from "./bucket-policy.ts";
import { wasabiRefusals } from "./refusals.ts";
import type { WasabiSeed } from "./seed.ts";

/** Buckets that an account can have (docs.wasabi.com/apidocs/operations-on-buckets-1). */
const maxBuckets = 1000;

/**
 * What a bucket without a CORS configuration has, and has again when its own is deleted. That there is a default is
 * documented (docs.wasabi.com/docs/cross-origin-resource-sharing-cors); its content is assumed: anybody may read, no
 * page may write.
 */
export const defaultCors: readonly CorsRule[] = [
  {
    AllowedOrigin: ["*"],
    AllowedMethod: ["GET", "HEAD"],
    AllowedHeader: ["*"],
    ExposeHeader: [],
    MaxAgeSeconds: 3600,
  },
];

const operations: readonly Operation[] = [
  ...bucketOperations,
  forceDeleteOperation,
  ...configurationOperations([
    "versioning",
    "policy",
    "cors",
    "lifecycle",
    "objectLock",
    "logging",
  ]),
  ...aclOperations,
  ...objectOperations,
  ...objectSettingOperations,
  ...copyOperations,
  ...batchDeleteOperations,
  ...multipartOperations,
  ...objectListingOperations,
  ...uploadListingOperations,
];

/** The S3 of Wasabi: its operations, its refusals, its policies. */
export function wasabiS3(
  account: Account,
  store: S3Store,
  seed: WasabiSeed,
): Omit<S3Service, "clock" | "onFinding" | "spool"> {
  return {
    host: {
      store,
      region: seed.region,
      ownerId: account.id,
      ignoresConditions: seed.ignoresConditions ?? false,
      maxBuckets,
      hasLocation: (constraint) => (constraint ?? "us-east-1") === seed.region,
      corsMethods: ["GET", "HEAD", "PUT", "POST", "DELETE", "MOVE"],
      defaultCors,
      isNameTaken: (name) => [...(seed.takenBucketNames ?? [])].includes(name),
      checkBucketPolicy(bucket, text) {
        checkBucketPolicy(account, bucket, text);
      },
    },
    operations,
    refusals: wasabiRefusals,
    verifier: {
      service: "s3",
      region: seed.region,
      secretOf: (accessKeyId) => activeSecret(account, accessKeyId),
      now: seed.signatureTime ?? (() => new Date()),
    },
    acceptsTrailers: seed.readsTrailers ?? false,
    authorise: authoriseS3(account, store, seed.region),
  };
}
