import { act, check, type Landmine, line, test } from "./landmine.ts";

const t = "__tests__";
const storage = `${t}/stacks/storage-stack.test.ts`;
const avoided = "nothing is used that breaks on Wasabi";

/** Wasabi, the AWS provider, and S3 in browsers. */
export const wasabiLandmines: readonly Landmine[] = [
  {
    what: "Providers from 6.23 ask AWS for tags that Wasabi does not have, and manage no bucket.",
    guards: [
      line("stacks/versions.ts", 'aws: "5.100.0"'),
      test(`${t}/stacks/synthesise.test.ts`, "the providers are pinned exactly"),
    ],
  },
  {
    what: "A caret in package.json installs the broken provider the next day.",
    guards: [
      check("packages-installed"),
      test(
        `${t}/operations/doctor/pinned-package.test.ts`,
        "%s pinned as %s is what npm installs for it",
      ),
    ],
  },
  {
    what: "Lifecycle rules as a resource of their own wait for a header that Wasabi does not send, and are tainted.",
    guards: [test(storage, avoided)],
  },
  {
    what: "A lifecycle rule that is left out of the configuration goes on deleting.",
    guards: [
      check("left-out"),
      test(
        `${t}/stacks/properties.test.ts`,
        "no input empties a list that the provider would then leave as it is",
      ),
    ],
  },
  {
    what: "CORS as a resource of its own cannot be destroyed, since Wasabi has rules by default.",
    guards: [test(storage, avoided)],
  },
  {
    what: "Tags of IAM users differ on every plan, and cannot be set.",
    guards: [test(storage, avoided)],
  },
  {
    what: "Users that are destroyed with everything of theirs are asked for keys that Wasabi does not know.",
    guards: [test(storage, avoided)],
  },
  {
    what: "Roles cannot be destroyed.",
    guards: [
      test(storage, "every role has a user, one inline policy and a key"),
      test(storage, avoided),
    ],
  },
  {
    what: "The provider refuses regions that AWS does not have.",
    guards: [
      line("stacks/providers.ts", "skipRegionValidation: true"),
      test(storage, "the provider asks Wasabi for nothing that it does not have"),
    ],
  },
  {
    what: "Reading a bucket asks for everything that a bucket can have, and one refusal fails it.",
    guards: [
      test(
        `${t}/constructs/storage/deployer-policy.test.ts`,
        "the deployer configures %s, and reads or deletes nothing in it",
      ),
      act("deploy"),
    ],
  },
  {
    what: "IAM may be signed for one region only.",
    guards: [
      test(
        storage,
        "buckets are managed in their own region and IAM in us-east-1, with Wasabi's addresses",
      ),
    ],
  },
  {
    what: "Regions of Wasabi are called like those of AWS and stand in other cities.",
    guards: [
      line("environments/platform/regions.ts", 'wasabi: "eu-west-1"'),
      check("wasabi-buckets"),
    ],
  },
  {
    what: "Addresses that the provider computes lead to AWS.",
    guards: [
      test(
        storage,
        "buckets are managed in their own region and IAM in us-east-1, with Wasabi's addresses",
      ),
      check("storage-allowed"),
    ],
  },
  {
    what: "Newer SDKs add checksums that uploads by signed addresses do not have, and are refused.",
    guards: [
      line("packages/clients/src/aws-sdk.ts", 'requestChecksumCalculation: "WHEN_REQUIRED"'),
      line("services/common/src/storage.ts", "WHEN_REQUIRED"),
    ],
  },
  {
    what: "A browser that may not read ETag cannot complete an upload in parts.",
    guards: [
      test(
        storage,
        "browsers may upload to staging from the app's host, and complete multipart uploads",
      ),
    ],
  },
  {
    what: "Accounts may not publish objects at all.",
    guards: [
      test(
        `${t}/constructs/storage/policies.test.ts`,
        "nobody makes an object or the bucket of %s public",
      ),
      check("public-bucket"),
    ],
  },
  {
    what: "What expires early is billed for its shortest time all the same.",
    guards: [
      line("environments/schema/storage.ts", "Wasabi bills every object for at least 90 days"),
    ],
  },
  {
    what: "More traffic out than is stored limits the account.",
    guards: [
      test(
        `${t}/operations/cost/estimate.test.ts`,
        "says no price for more data leaving than Wasabi lets go for nothing",
      ),
    ],
  },
  {
    what: "A policy that requires a header of encryption refuses every upload.",
    guards: [
      test(
        `${t}/constructs/storage/policies.test.ts`,
        "%s may do its own step of the pipeline and nothing else",
      ),
      check("storage-allowed"),
    ],
  },
  {
    what: "A stand-in for S3 that accepts everything makes tests green, and production fails.",
    guards: [
      test("packages/cloud/__tests__/wasabi/policy-evaluation.test.ts", "silence refuses"),
      test(
        "packages/cloud/__tests__/digitalocean/server.test.ts",
        "a call that is not played is answered 501 by name and is a finding",
      ),
      test(
        `${t}/scripts/conformance-cloud.test.ts`,
        "the cloud differs from the platform's description only where a reason is given",
      ),
    ],
  },
];
