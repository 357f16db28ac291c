import { openPlatforms, type Platforms } from "./support/platforms.ts";
import type {
  TerraformDirectory,
  TerraformResult,
} from "../../../packages/provider/__tests__/support/terraform.ts";

let platforms: Platforms;
let directory: TerraformDirectory;
let created: TerraformResult;
let afterwards: TerraformResult;

const resource = {
  digitalocean_vpc: {
    drifts: { name: "drifts", region: "nyc1", description: "mine" },
    goes: { name: "goes", region: "nyc1" },
    moves: { name: "moves", region: "nyc1", ip_range: "10.50.0.0/20" },
  },
  aws_s3_bucket: { here: { bucket: "mam-here" } },
  aws_iam_user: { robot: { name: "robot" }, leaver: { name: "leaver" } },
  aws_iam_access_key: { leaver: { user: "${aws_iam_user.leaver.name}" } },
  aws_iam_user_policy: {
    leaver: {
      user: "${aws_iam_user.leaver.name}",
      name: "reads",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::mam-here/*" },
        ],
      }),
    },
  },
};

beforeAll(async () => {
  platforms = await openPlatforms();
  const { cloud } = platforms;
  directory = platforms.directory();
  cloud.faults.add({ platform: "digitalocean", kind: "rate-limited", times: 2 });
  cloud.faults.add({ platform: "digitalocean", kind: "error-before-effect", times: 1 });
  cloud.faults.add({ platform: "wasabi", kind: "error-before-effect", times: 2 });
  created = await directory.apply(platforms.configuration({ resource }));
  // What somebody does in a control panel.
  const { vpcs } = cloud.digitalOcean.store;
  vpcs.find(({ name }) => name === "drifts")!.description = "another's";
  vpcs.splice(
    vpcs.findIndex(({ name }) => name === "goes"),
    1,
  );
  cloud.wasabi.account.users.delete("leaver");
  const changed = structuredClone(resource);
  changed.digitalocean_vpc.moves.ip_range = "10.60.0.0/20";
  afterwards = await directory.plan(platforms.configuration({ resource: changed }));
});
afterAll(async () => {
  await platforms.close();
});

test("requests that are limited or fail for a moment are repeated, and nobody notices", () => {
  const statuses = platforms.cloud.requestLog.entries().map(({ status }) => status);

  expect(created.errors).toEqual([]);
  expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  expect(statuses.filter((status) => status === 500)).toHaveLength(3);
});

test("what somebody else changed is put back, and what is gone is made again", () => {
  expect(afterwards.changes["digitalocean_vpc.drifts"]).toBe("update");
  expect(afterwards.changes["digitalocean_vpc.goes"]).toBe("create");
  for (const type of ["aws_iam_user", "aws_iam_access_key", "aws_iam_user_policy"]) {
    expect(afterwards.changes[`${type}.leaver`]).toBe("create");
  }
});

test("what cannot be changed is replaced, and nothing else is touched", () => {
  expect(afterwards.changes["digitalocean_vpc.moves"]).toBe("replace");
  expect(Object.keys(afterwards.changes)).toHaveLength(6);
});

describe("what the platforms refuse", () => {
  let refused: TerraformResult;
  let aliases: TerraformDirectory;
  beforeAll(async () => {
    aliases = platforms.directory();
    refused = await aliases.apply(
      platforms.configuration({
        resource: {
          aws_s3_bucket: {
            home: { bucket: "mam-home" },
            // Wasabi's rehearsed account lies in one region, and says so to whoever signs for another.
            abroad: { provider: "aws.europe", bucket: "mam-abroad" },
          },
          digitalocean_vpc: { twice: { name: "drifts", region: "nyc1" } },
        },
      }),
    );
  });

  test("is told in the words in which the real providers pass it on", () => {
    expect(refused.errors).toHaveLength(2);
    expect(refused.errors).toContainEqual(
      expect.stringMatching(
        /^aws_s3_bucket\.abroad: creating S3 Bucket \(mam-abroad\): operation error S3: CreateBucket, https response error StatusCode: 400, RequestID: \w+, HostID: \S+, api error AuthorizationHeaderMalformed: The region "eu-central-1" is wrong/,
      ),
    );
    expect(refused.errors).toContainEqual(
      expect.stringMatching(
        /^digitalocean_vpc\.twice: Error creating VPC: POST http:\/\/127\.0\.0\.1:\d+\/v2\/vpcs: 4\d\d \(request "[0-9a-f-]{36}"\) \S/,
      ),
    );
  });

  test("through one provider block is done through the other: each is a connection with its own region", () => {
    expect(aliases.stored("aws_s3_bucket.home")?.attributes.region).toBe("us-east-1");
  });
});

test("an object that stands already is taken over without a change, an absent one is refused", async () => {
  const [network] = platforms.cloud.digitalOcean.store.vpcs.filter(({ name }) => name === "moves");
  const importing = platforms.directory();
  const configuration = platforms.configuration({
    import: [
      { to: "digitalocean_vpc.moves", id: network!.id },
      { to: "aws_s3_bucket.here", id: "mam-here" },
      { to: "aws_iam_user.robot", id: "robot" },
    ],
    resource: {
      digitalocean_vpc: { moves: resource.digitalocean_vpc.moves },
      aws_s3_bucket: resource.aws_s3_bucket,
      aws_iam_user: { robot: resource.aws_iam_user.robot },
    },
  });
  const applied = await importing.apply(configuration);
  const absent = await platforms.directory().plan(
    platforms.configuration({
      import: [{ to: "aws_s3_bucket.none", id: "mam-none" }],
      resource: { aws_s3_bucket: { none: { bucket: "mam-none" } } },
    }),
  );

  expect(applied.errors).toEqual([]);
  expect(importing.stored("digitalocean_vpc.moves")?.attributes.name).toBe("moves");
  expect(new Set(Object.values(applied.changes))).toEqual(new Set(["import"]));
  expect(absent.errors.join()).toContain("Cannot import non-existent remote object");
});

test("a provider that is pointed at a real platform refuses to work", async () => {
  const { errors } = await platforms
    .directory()
    .plan(
      platforms.configuration(
        { resource: { digitalocean_domain: { zone: { name: "zone.example" } } } },
        { api_endpoint: "https://api.digitalocean.com" },
      ),
    );

  expect(errors.join()).toContain("a rehearsal only talks to this machine");
});

test("no mistake of the rehearsal came up", () => {
  expect(platforms.findings()).toEqual([]);
});
