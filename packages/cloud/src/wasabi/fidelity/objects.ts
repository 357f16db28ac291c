import type { FidelityRow } from "../../fidelity.ts";

const platform = "wasabi";
const tests = "packages/cloud/__tests__";
const s3api = "aws s3api --endpoint-url https://s3.$REGION.wasabisys.com";

/** What is assumed about objects, uploads and signatures. */
export const objectFidelity: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "If-None-Match: * creates and never replaces; a second one gets 412. There is no evidence either way for Wasabi, so nothing may rest on it.",
    source: "assumed: Amazon S3, conditional writes",
    lastVerified: "never",
    probe: `for i in 1 2; do ${s3api} put-object --bucket $BUCKET --key once --if-none-match '*'; done`,
    test: `${tests}/s3/operations/objects.test.ts`,
  },
  {
    platform,
    behaviour:
      "GOVERNANCE can be bypassed with x-amz-bypass-governance-retention and the permission, COMPLIANCE and legal holds cannot.",
    source: "docs.wasabi.com/apidocs/object-lock-with-the-wasabi-s3-api; Amazon S3, Object Lock",
    lastVerified: "never",
    probe: `${s3api} delete-object --bucket $LOCKED_BUCKET --key a --version-id $ID --bypass-governance-retention`,
    test: `${tests}/s3/operations/object-settings.test.ts`,
  },
  {
    platform,
    behaviour: "An upload that will be locked must carry a checksum.",
    source: "assumed: Amazon S3, PutObject",
    lastVerified: "never",
    probe:
      "curl --aws-sigv4 aws:amz:$REGION:s3 -H 'x-amz-content-sha256: UNSIGNED-PAYLOAD' -T file https://s3.$REGION.wasabisys.com/$LOCKED_BUCKET/a",
    test: `${tests}/s3/operations/objects.test.ts`,
  },
  {
    platform,
    behaviour:
      "The CRC32 of a part is verified when it comes, answered, and compared again when the parts are listed at the end: also in a bucket that locks by default, where parts without one are taken too.",
    source:
      "assumed: Amazon S3, UploadPart and CompleteMultipartUpload; that a default lock asks parts for nothing more is an assumption",
    lastVerified: "never",
    probe: `${s3api} upload-part --bucket $LOCKED_BUCKET --key a --upload-id $ID --part-number 1 --body file --checksum-algorithm CRC32`,
    test: `${tests}/s3/operations/multipart.test.ts`,
  },
  {
    platform,
    behaviour:
      "The tag of an object that came in parts is the MD5 of its parts' MD5s, and behind a dash how many there were. The nightly dump is held against it.",
    source:
      "assumed: Amazon S3, checking object integrity; that Wasabi's tags are the same was not seen",
    lastVerified: "never",
    probe: `${s3api} head-object --bucket $BUCKET --key dumps/$ID/database.dump --query ETag`,
    test: `${tests}/s3/operations/multipart.test.ts`,
  },
  {
    platform,
    behaviour: "Retention modes and legal holds are read in either case.",
    source: "docs.wasabi.com/apidocs/object-lock-with-the-wasabi-s3-api",
    lastVerified: "never",
    probe: `${s3api} put-object-legal-hold --bucket $LOCKED_BUCKET --key a --legal-hold Status=on`,
    test: `${tests}/s3/operations/object-settings.test.ts`,
  },
  {
    platform,
    behaviour: "Version ids are the time in microseconds and ten characters of chance.",
    source: "docs.wasabi.com/apidocs/object-lock-with-the-wasabi-s3-api, examples",
    lastVerified: "never",
    probe: `${s3api} list-object-versions --bucket $BUCKET --max-items 1`,
    test: `${tests}/s3/store.test.ts`,
  },
  {
    platform,
    behaviour: "Checksums in headers are verified, on objects and on sub-resources.",
    source: "assumed: Amazon S3; provider 5.100.0 sends x-amz-checksum-crc32 on both",
    lastVerified: "never",
    probe: `${s3api} put-object --bucket $BUCKET --key a --body file --checksum-crc32 AAAAAA==`,
    test: `${tests}/s3/operations/objects.test.ts`,
  },
  {
    platform,
    behaviour: "A checksum behind a streamed body makes the body incomplete.",
    source: "reported: github.com/boto/boto3/issues/4102",
    lastVerified: "never",
    probe:
      "AWS_REQUEST_CHECKSUM_CALCULATION=when_supported aws s3 cp - s3://$BUCKET/a --endpoint-url https://s3.$REGION.wasabisys.com < file",
    test: `${tests}/wasabi/server.test.ts`,
  },
  {
    platform,
    behaviour:
      "A presigned PUT that carries the checksum of an empty body refuses every other body.",
    source: "aws/aws-sdk-js-v3#6810; measured with @aws-sdk/s3-request-presigner 3.1164.0",
    lastVerified: "never",
    probe:
      'node -e "...getSignedUrl(new S3Client({}), new PutObjectCommand(...))" | xargs curl -T file',
    test: `${tests}/wasabi/server.test.ts`,
  },
  {
    platform,
    behaviour:
      "Presigned URLs work for GET, PUT and parts, for seven days at most, with the rights of whoever signed; switching the key off ends them.",
    source:
      "docs.wasabi.com/docs/how-do-i-generate-pre-signed-urls-for-temporary-access-with-wasabi; the last is Amazon's",
    lastVerified: "never",
    probe:
      "aws s3 presign s3://$BUCKET/a --expires-in 604801 --endpoint-url https://s3.$REGION.wasabisys.com | xargs curl -i",
    test: `${tests}/s3/signature/verify.test.ts`,
  },
  {
    platform,
    behaviour:
      "A presigned address whose signature covers Content-Length takes a body of that length only; no policy limits the size of an upload.",
    source:
      "AWS Signature Version 4, signed headers; no condition key for sizes among docs.wasabi.com/apidocs/iam-and-sts-support. That Wasabi compares the header is assumed",
    lastVerified: "never",
    probe:
      'node -e "...getSignedUrl(new S3Client({}), new PutObjectCommand({ ContentLength: 5, ... }))" | xargs curl -i -T file-of-6-bytes',
    test: `${tests}/wasabi/server.test.ts`,
  },
  {
    platform,
    behaviour:
      "An object that is put in one piece, a part and what one copy takes have 5 GiB at most; what may not be stored is refused before its bytes have come.",
    source:
      "assumed: Amazon S3, multipart upload limits; that Wasabi refuses more than 5 GB in one PUT is reported in PasswordPusher issue 1895; when it does so is an assumption",
    lastVerified: "never",
    probe: `${s3api} put-object --bucket $BUCKET --key film --body file-of-6-GiB`,
    test: `${tests}/wasabi/large-objects.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "The source of a copy is an address: unencoded, `+` is a blank, `?` begins the version, and `#` ends it.",
    source:
      "Amazon S3, CopyObject, x-amz-copy-source must be URL-encoded; with versitygw 1.8.0 a key with one of the three, unencoded, answered 404; that Wasabi does as well is assumed",
    lastVerified: "never",
    probe: `${s3api} copy-object --bucket $BUCKET --key b --copy-source "$BUCKET/a+b"`,
    test: `${tests}/s3/operations/copies.test.ts`,
  },
  {
    platform,
    behaviour: "Parts but the last have 5 MiB at least.",
    source: "Amazon S3, multipart upload limits",
    lastVerified: "never",
    probe: `${s3api} complete-multipart-upload --bucket $BUCKET --key a --upload-id $ID --multipart-upload file://parts.json`,
    test: `${tests}/s3/operations/multipart.test.ts`,
  },
  {
    platform,
    behaviour: "x-amz-server-side-encryption is refused with 501.",
    source: "docs.wasabi.com/docs/how-secure-is-my-data; the status is assumed",
    lastVerified: "never",
    probe: `${s3api} put-object --bucket $BUCKET --key a --server-side-encryption AES256`,
    test: `${tests}/s3/operations/objects.test.ts`,
  },
  {
    platform,
    behaviour: "There is one storage class, STANDARD.",
    source: "docs.wasabi.com/apidocs/lifecycle-policy documents no other",
    lastVerified: "never",
    probe: `${s3api} put-object --bucket $BUCKET --key a --storage-class GLACIER`,
    test: `${tests}/s3/operations/objects.test.ts`,
  },
  {
    platform,
    behaviour:
      'A public ACL and public reading are refused with "Public use of objects is not allowed by this account".',
    source:
      "docs.wasabi.com/docs/bucket-access; wording from HBLL-Collection-Development/omeka-s-any-cloud#50",
    lastVerified: "never",
    probe: `${s3api} put-object-acl --bucket $BUCKET --key a --acl public-read`,
    test: `${tests}/wasabi/authorisation.test.ts`,
  },
  {
    platform,
    behaviour: "Signatures are checked with 15 minutes of tolerance, for the bucket's own region.",
    source: "AWS Signature Version 4; that Wasabi checks the region is assumed",
    lastVerified: "never",
    probe: `${s3api} list-objects-v2 --bucket $BUCKET --region us-west-1`,
    test: `${tests}/s3/signature/verify.test.ts`,
  },
];
