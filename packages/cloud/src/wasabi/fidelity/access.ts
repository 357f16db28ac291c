import { type FidelityRow, reading } from "../../fidelity.ts";

const platform = "wasabi";
const tests = "packages/cloud/__tests__";
const s3api = "aws s3api --endpoint-url https://s3.$REGION.wasabisys.com";
const iam = "aws iam --endpoint-url https://iam.wasabisys.com --region us-east-1";

/** What is assumed about users, keys and policies. */
export const accessFidelity: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "IAM has the 74 actions of Wasabi's table, STS three; every other action is 501. Of these, roles, logins, MFA and account settings are not played.",
    source: "docs.wasabi.com/apidocs/iam-and-sts-support",
    lastVerified: reading.wasabiIamPage,
    probe: `${iam} tag-user --user-name $USER --tags Key=a,Value=b`,
    test: `${tests}/wasabi/iam/actions.test.ts`,
  },
  {
    platform,
    behaviour:
      "Whether a caller may is judged before anything else: a bucket in no region, or a user who is there already, is AccessDenied for whoever may not make any.",
    source: "assumed: AWS does so",
    lastVerified: "never",
    probe: `${s3api} create-bucket --bucket probe --create-bucket-configuration LocationConstraint=nowhere-1 # as a user who may not`,
    test: `${tests}/wasabi/ownership.test.ts`,
  },
  {
    platform,
    behaviour: "CreateUser with tags is refused: there are no tags.",
    source:
      "docs.wasabi.com/apidocs/iam-and-sts-support lists no tag action; that the parameter is refused is assumed",
    lastVerified: "never",
    probe: `${iam} create-user --user-name probe --tags Key=a,Value=b`,
    test: `${tests}/wasabi/iam/users.test.ts`,
  },
  {
    platform,
    behaviour: "IAM and STS accept signatures for us-east-1 only.",
    source: "assumed: public clients of Wasabi sign for us-east-1",
    lastVerified: "never",
    probe: "aws iam list-users --endpoint-url https://iam.wasabisys.com --region eu-central-1",
    test: `${tests}/wasabi/query-server.test.ts`,
  },
  {
    platform,
    behaviour: "A user has two access keys at most.",
    source: "docs.wasabi.com/apidocs/generating-an-s3-api-key",
    lastVerified: "never",
    probe: `for i in 1 2 3; do ${iam} create-access-key --user-name $USER; done`,
    test: `${tests}/wasabi/iam/access-keys.test.ts`,
  },
  {
    platform,
    behaviour: "A user with keys, policies or groups cannot be deleted.",
    source: "IAM API reference, DeleteUser",
    lastVerified: "never",
    probe: `${iam} delete-user --user-name $USER`,
    test: `${tests}/wasabi/iam/users.test.ts`,
  },
  {
    platform,
    behaviour:
      "Deny beats Allow, silence refuses, action names are case-insensitive and resources are not.",
    source: "IAM user guide, policy evaluation logic",
    lastVerified: "never",
    probe: `${s3api} get-object --bucket $BUCKET --key a /dev/null # as a user with both`,
    test: `${tests}/wasabi/policy-evaluation.test.ts`,
  },
  {
    platform,
    behaviour:
      "A bucket policy that allows named users shuts out every other user, whatever his own policies allow; one that only denies shuts out nobody.",
    source:
      'docs.wasabi.com/docs/how-do-i-restrict-bucket-access-with-resource-based-policies ("implicit deny-all"); the second half is assumed, and an older support article (360003369632) says the opposite',
    lastVerified: "never",
    probe: `${s3api} get-object --bucket $BUCKET --key a /dev/null # as a user with an identity policy, under each kind of bucket policy`,
    test: `${tests}/wasabi/policy-evaluation.test.ts`,
  },
  {
    platform,
    behaviour:
      "A bucket policy's Deny binds the account's root, which can still read, replace and delete that policy.",
    source: "assumed: Amazon S3, PutBucketPolicy",
    lastVerified: "never",
    probe: `${s3api} delete-object --bucket $BUCKET --key a # with root keys under a Deny for everybody`,
    test: `${tests}/wasabi/policy-evaluation.test.ts`,
  },
  {
    platform,
    behaviour:
      "aws:SecureTransport is false for plain HTTP; here the header x-rehearsal-transport says which it is thought to be.",
    source:
      "docs.wasabi.com/docs/how-do-i-restrict-bucket-access-with-resource-based-policies; the key's name is assumed",
    lastVerified: "never",
    probe: "curl -i --aws-sigv4 aws:amz:$REGION:s3 http://s3.$REGION.wasabisys.com/$BUCKET/a",
    test: `${tests}/wasabi/authorisation.test.ts`,
  },
  {
    platform,
    behaviour:
      "Condition keys are those that Wasabi documents or that are seen in use; a policy with any other is refused here.",
    source:
      "docs.wasabi.com/apidocs/iam-and-sts-support, policy variables; sources per key in policy-conditions.ts",
    lastVerified: "never",
    probe: `${s3api} put-bucket-policy --bucket $BUCKET --policy file://policy-with-aws-PrincipalTag.json`,
    test: `${tests}/wasabi/policy-conditions.test.ts`,
  },
  {
    platform,
    behaviour:
      "A bucket policy must name principals that exist, its own bucket, and actions that can apply to its resources.",
    source: "Amazon S3, bucket policies (MalformedPolicy)",
    lastVerified: "never",
    probe: `${s3api} put-bucket-policy --bucket $BUCKET --policy file://policy-with-unknown-user.json`,
    test: `${tests}/wasabi/bucket-policy.test.ts`,
  },
  {
    platform,
    behaviour: "A missing object is 403 for whoever may not list the bucket, 404 for whoever may.",
    source: "Amazon S3, GetObject",
    lastVerified: "never",
    probe: `${s3api} get-object --bucket $BUCKET --key none /dev/null # as a user without s3:ListBucket`,
    test: `${tests}/wasabi/server.test.ts`,
  },
  {
    platform,
    behaviour: "A copy needs to read the source and to write the target.",
    source: "Amazon S3, CopyObject",
    lastVerified: "never",
    probe: `${s3api} copy-object --bucket $BUCKET --key b --copy-source $BUCKET/a # as a user who may only put`,
    test: `${tests}/wasabi/server.test.ts`,
  },
];
