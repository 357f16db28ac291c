import { type FidelityRow, reading } from "../../fidelity.ts";

const platform = "wasabi";
const tests = "packages/cloud/__tests__";
const s3api = "aws s3api --endpoint-url https://s3.$REGION.wasabisys.com";

/** What is assumed about buckets and their settings. */
export const bucketFidelity: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "A bucket's name is unique over all customers, and its location constraint is the region of the endpoint.",
    source:
      "docs.wasabi.com/docs/service-urls-for-wasabis-storage-regions; Amazon S3, CreateBucket",
    lastVerified: "never",
    probe: `${s3api} create-bucket --bucket test # expect BucketAlreadyExists`,
    test: `${tests}/s3/operations/buckets.test.ts`,
  },
  {
    platform,
    behaviour: "A bucket of another account is answered 403, and one that nobody has 404.",
    source: "Amazon S3, HeadBucket; that Wasabi does the same is assumed",
    lastVerified: "never",
    probe: `${s3api} head-bucket --bucket test`,
    test: `${tests}/wasabi/ownership.test.ts`,
  },
  {
    platform,
    behaviour: "Buckets of every region are listed at every endpoint, and each says its region.",
    source: "assumed: Amazon S3, ListBuckets and GetBucketLocation",
    lastVerified: "never",
    probe: `${s3api} list-buckets && ${s3api} get-bucket-location --bucket $BUCKET_OF_ANOTHER_REGION`,
    test: `${tests}/wasabi/ownership.test.ts`,
  },
  {
    platform,
    behaviour: "An account has at most 1000 buckets.",
    source: "docs.wasabi.com/apidocs/operations-on-buckets-1",
    lastVerified: "never",
    probe: "Account limits page of the Console",
    test: `${tests}/s3/operations/buckets.test.ts`,
  },
  {
    platform,
    behaviour:
      "`DELETE bucket?force_delete=true` deletes what is in the bucket first, subject to policies and locks.",
    source: "docs.wasabi.com/apidocs/operations-on-buckets-1",
    lastVerified: "never",
    probe:
      'curl --aws-sigv4 aws:amz:$REGION:s3 -X DELETE "https://s3.$REGION.wasabisys.com/$BUCKET?force_delete=true"',
    test: `${tests}/s3/operations/buckets.test.ts`,
  },
  {
    platform,
    behaviour:
      "HEAD of a bucket names its region in x-amz-bucket-region; the AWS provider does without it too.",
    source:
      "assumed: docs.wasabi.com/apidocs/wasabi-api claims S3 compatibility; measured with provider 5.100.0 that absence is tolerated",
    lastVerified: "never",
    probe: `${s3api} head-bucket --bucket $BUCKET --debug 2>&1 | grep -i bucket-region`,
    test: `${tests}/s3/operations/buckets.test.ts`,
  },
  {
    platform,
    behaviour:
      'Website, accelerate, request payment, bucket tags, encryption, ownership controls, public access block and notification are answered with 501, which the AWS provider takes for "not there".',
    source:
      "absent from docs.wasabi.com/apidocs/operations-on-buckets-1; that 501 and 405 are tolerated and 403 and 400 are not was measured with provider 5.100.0",
    lastVerified: reading.awsProvider,
    probe: `for c in website accelerate-configuration request-payment tagging encryption ownership-controls; do ${s3api} get-bucket-$c --bucket $BUCKET; done`,
    test: `${tests}/wasabi/refusals.test.ts`,
  },
  {
    platform,
    behaviour:
      "A bucket without replication answers 404 ReplicationConfigurationNotFoundError; replication itself is not played.",
    source: "docs.wasabi.com/apidocs/object-replication-api; the error is Amazon S3's",
    lastVerified: "never",
    probe: `${s3api} get-bucket-replication --bucket $BUCKET`,
    test: `${tests}/wasabi/refusals.test.ts`,
  },
  {
    platform,
    behaviour: "Inventory answers TemporarilyUnavailable; its status, 503, is assumed.",
    source: "github.com/ansible-collections/amazon.aws/pull/2678",
    lastVerified: "never",
    probe: `${s3api} list-bucket-inventory-configurations --bucket $BUCKET --debug`,
    test: `${tests}/wasabi/refusals.test.ts`,
  },
  {
    platform,
    behaviour:
      "A bucket without a CORS configuration has a default one, which comes back after a deletion; the provider's separate CORS resource then cannot be destroyed.",
    source:
      "docs.wasabi.com/docs/cross-origin-resource-sharing-cors; the destroy was measured with provider 5.100.0 against this cloud",
    lastVerified: "never",
    probe: `${s3api} get-bucket-cors --bucket $NEW_BUCKET`,
    test: `${tests}/s3/operations/configurations.test.ts`,
  },
  {
    platform,
    behaviour: "The default CORS configuration lets every origin read and none write.",
    source: "assumed: docs.wasabi.com/docs/cross-origin-resource-sharing-cors does not print it",
    lastVerified: "never",
    probe: `${s3api} get-bucket-cors --bucket $NEW_BUCKET`,
    test: `${tests}/wasabi/server.test.ts`,
  },
  {
    platform,
    behaviour: "CORS rules may allow MOVE beside S3's methods.",
    source: "docs.wasabi.com/docs/cross-origin-resource-sharing-cors",
    lastVerified: "never",
    probe: `${s3api} put-bucket-cors --bucket $BUCKET --cors-configuration '{"CORSRules":[{"AllowedOrigins":["https://a.example"],"AllowedMethods":["MOVE"]}]}'`,
    test: `${tests}/wasabi/s3.test.ts`,
  },
  {
    platform,
    behaviour: "Preflight requests are answered by the bucket's rules, without a signature.",
    source: "docs.wasabi.com/docs/cross-origin-resource-sharing-cors; Amazon S3, CORS",
    lastVerified: "never",
    probe:
      "curl -i -X OPTIONS -H 'Origin: https://app.example' -H 'Access-Control-Request-Method: PUT' \"https://s3.$REGION.wasabisys.com/$BUCKET/a\"",
    test: `${tests}/wasabi/server.test.ts`,
  },
  {
    platform,
    behaviour:
      "Lifecycle rules run daily at 00:00 UTC; a rule's first run may really take 24 to 48 hours, here it takes the next midnight.",
    source: "docs.wasabi.com/docs/lifecycle-1",
    lastVerified: "never",
    probe: `${s3api} list-object-versions --bucket $BUCKET # two days after a rule of one day`,
    test: `${tests}/s3/lifecycle.test.ts`,
  },
  {
    platform,
    behaviour: "Lifecycle rules leave what Object Lock protects.",
    source: "docs.wasabi.com/docs/lifecycle-1",
    lastVerified: "never",
    probe: `${s3api} list-object-versions --bucket $LOCKED_BUCKET # after a rule of one day`,
    test: `${tests}/s3/lifecycle.test.ts`,
  },
  {
    platform,
    behaviour: "Lifecycle rules abort incomplete uploads.",
    source:
      "assumed: used on Wasabi in public scripts (github.com/motionmavericks/app), not in the documentation read",
    lastVerified: "never",
    probe: `${s3api} list-multipart-uploads --bucket $BUCKET # days after a rule with AbortIncompleteMultipartUpload`,
    test: `${tests}/s3/lifecycle.test.ts`,
  },
  {
    platform,
    behaviour: "A lifecycle rule cannot move objects to another storage class.",
    source:
      "docs.wasabi.com/apidocs/lifecycle-policy documents no transition; that one is refused is assumed",
    lastVerified: "never",
    probe: `${s3api} put-bucket-lifecycle-configuration --bucket $BUCKET --lifecycle-configuration '{"Rules":[{"ID":"a","Status":"Enabled","Filter":{"Prefix":""},"Transitions":[{"Days":1,"StorageClass":"GLACIER"}]}]}'`,
    test: `${tests}/s3/lifecycle-rules.test.ts`,
  },
  {
    platform,
    behaviour:
      "x-amz-transition-default-minimum-object-size is taken and never given back, so that the provider's separate lifecycle resource waits in vain.",
    source:
      "hashicorp/terraform-provider-aws#49019; the wait was measured with provider 5.100.0 against this cloud",
    lastVerified: "never",
    probe: `${s3api} get-bucket-lifecycle-configuration --bucket $BUCKET --debug 2>&1 | grep -i transition-default`,
    test: `${tests}/s3/operations/configurations.test.ts`,
  },
  {
    platform,
    behaviour:
      "Object lock is decided when a bucket is created, and its bucket keeps versions for good.",
    source: "docs.wasabi.com/apidocs/object-lock-on-buckets-with-the-wasabi-s3-api",
    lastVerified: "never",
    probe: `${s3api} put-object-lock-configuration --bucket $PLAIN_BUCKET --object-lock-configuration ObjectLockEnabled=Enabled`,
    test: `${tests}/s3/operations/configurations.test.ts`,
  },
  {
    platform,
    behaviour: "An access log goes to a bucket of the same account, without ACLs.",
    source: "docs.wasabi.com/apidocs/operations-on-buckets-1",
    lastVerified: "never",
    probe: `${s3api} put-bucket-logging --bucket $BUCKET --bucket-logging-status file://logging.json`,
    test: `${tests}/s3/operations/configurations.test.ts`,
  },
];
