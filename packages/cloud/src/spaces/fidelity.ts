import type { FidelityRow } from "../fidelity.ts";

const platform = "spaces";
const tests = "packages/cloud/__tests__";
const spaces =
  "AWS_ACCESS_KEY_ID=$SPACES_KEY aws s3api --endpoint-url https://$REGION.digitaloceanspaces.com";

/** What is assumed about Spaces as the place of Terraform states. */
export const spacesFidelity: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "If-None-Match: * creates and never replaces, so that of two locks the second gets 412; a switch plays a store that takes it for a plain PUT.",
    source:
      "undocumented by DigitalOcean; gordonmurray/firnflow#30; other S3 stores overwrite in silence (lxc/incus#3651)",
    lastVerified: {
      date: "2026-04-30",
      how: "reported from lon1 by gordonmurray/firnflow#30; by no probe of this project",
    },
    probe: `for i in 1 2; do ${spaces} put-object --bucket $BUCKET --key once --if-none-match '*'; done`,
    test: `${tests}/spaces/server.test.ts`,
  },
  {
    platform,
    behaviour:
      "Terraform 1.11 locks by a conditional PUT of <key>.tflock, reads it back and deletes it; on 412 it reports the lock's owner.",
    source: "measured with Terraform 1.11.4",
    lastVerified: "never",
    probe: "terraform plan & terraform plan",
    test: `${tests}/spaces/state-backend.test.ts`,
  },
  {
    platform,
    behaviour: "A store that ignores conditions locks nothing, and Terraform does not notice.",
    source: "measured with Terraform 1.11.4",
    lastVerified: "never",
    probe: "mam doctor <environment>",
    test: `${tests}/spaces/state-backend.test.ts`,
  },
  {
    platform,
    behaviour: "Buckets can keep versions, so that an overwritten state can be had back.",
    source: "docs.digitalocean.com/products/spaces/how-to/enable-versioning",
    lastVerified: "never",
    probe: `${spaces} get-bucket-versioning --bucket $BUCKET`,
    test: `${tests}/spaces/server.test.ts`,
  },
  {
    platform,
    behaviour:
      "A key that may only read is refused every change with AccessDenied; here it may read every bucket.",
    source: "docs.digitalocean.com/products/spaces/how-to/manage-access, limited access keys",
    lastVerified: "never",
    probe: `${spaces} put-object --bucket $BUCKET --key a # with a key that has read access only`,
    test: `${tests}/spaces/server.test.ts`,
  },
  {
    platform,
    behaviour:
      "The canned list public-read of a bucket lets anybody list it and read nothing; private takes that away. That anybody may read by a bucket policy is a switch here.",
    source:
      "docs.digitalocean.com/reference/api/spaces, set a bucket's ACLs; the group is that of S3",
    lastVerified: "never",
    probe: `${spaces} put-bucket-acl --bucket $BUCKET --acl public-read && curl -i "https://$REGION.digitaloceanspaces.com/$BUCKET"`,
    test: `${tests}/spaces/server.test.ts`,
  },
  {
    platform,
    behaviour: "Signatures may be for us-east-1 wherever the bucket is.",
    source: "docs.digitalocean.com/products/spaces/reference/terraform-backend",
    lastVerified: "never",
    probe: `${spaces} list-buckets --region us-east-1`,
    test: `${tests}/spaces/server.test.ts`,
  },
  {
    platform,
    behaviour:
      "Checksums are taken in headers and behind streamed bodies; older Spaces were reported to refuse them, so AWS_REQUEST_CHECKSUM_CALCULATION=when_required stays set.",
    source: "assumed: docs.digitalocean.com/reference/api/spaces-api carried a warning until 2025",
    lastVerified: "never",
    probe: `AWS_REQUEST_CHECKSUM_CALCULATION=when_supported ${spaces} put-object --bucket $BUCKET --key a --body file`,
    test: `${tests}/spaces/server.test.ts`,
  },
  {
    platform,
    behaviour: "x-amz-server-side-encryption is refused.",
    source: "assumed: undocumented by DigitalOcean; the backend's `encrypt` stays off",
    lastVerified: "never",
    probe: `${spaces} put-object --bucket $BUCKET --key a --server-side-encryption AES256`,
    test: `${tests}/spaces/server.test.ts`,
  },
];
