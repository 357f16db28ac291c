import type { Refusal } from "../s3/routing.ts";

interface KnownRefusal extends Refusal {
  /** Query parameter that names the sub-resource, after the method where it depends on that. */
  readonly subresource: string;
  /** What says so. */
  readonly source: string;
}

const undocumented = "absent from docs.wasabi.com/apidocs/operations-on-buckets-1";

/**
 * What S3 has and Wasabi has not. The AWS provider asks for most of it on every read of a bucket: it takes 501 and 405
 * for "not there", and fails on 400 and 403 (measured with provider 5.100.0).
 */
const knownRefusals: readonly KnownRefusal[] = [
  { subresource: "website", code: "NotImplemented", source: undocumented },
  { subresource: "accelerate", code: "NotImplemented", source: undocumented },
  { subresource: "requestPayment", code: "NotImplemented", source: undocumented },
  { subresource: "tagging", code: "NotImplemented", source: `bucket tags are ${undocumented}` },
  { subresource: "notification", code: "NotImplemented", source: undocumented },
  { subresource: "analytics", code: "NotImplemented", source: undocumented },
  { subresource: "metrics", code: "NotImplemented", source: undocumented },
  { subresource: "intelligent-tiering", code: "NotImplemented", source: undocumented },
  { subresource: "ownershipControls", code: "NotImplemented", source: undocumented },
  { subresource: "publicAccessBlock", code: "NotImplemented", source: undocumented },
  { subresource: "policyStatus", code: "NotImplemented", source: undocumented },
  {
    subresource: "encryption",
    code: "NotImplemented",
    source: "docs.wasabi.com/docs/how-secure-is-my-data: everything is encrypted, nothing is set",
  },
  {
    subresource: "GET replication",
    code: "ReplicationConfigurationNotFoundError",
    source: "docs.wasabi.com/apidocs/object-replication-api: it exists, and no bucket here has any",
  },
  {
    subresource: "replication",
    code: "NotImplemented",
    message: "Replication is not part of the rehearsal.",
    source: "docs.wasabi.com/apidocs/object-replication-api",
  },
  {
    subresource: "inventory",
    code: "TemporarilyUnavailable",
    message: "S3 Inventory Feature Disabled",
    source: "github.com/ansible-collections/amazon.aws/pull/2678",
  },
];

/** The refusals by sub-resource. */
export const wasabiRefusals: ReadonlyMap<string, Refusal> = new Map(
  knownRefusals.map((refusal) => [refusal.subresource, refusal]),
);
