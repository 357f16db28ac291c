import { cloudPage } from "../../../rehearsal/page/page.ts";
import { seedTags, seededTags } from "../../../rehearsal/harness/seeded-images.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";

let platform: TestPlatform;
let page: string;

beforeAll(async () => {
  platform = await openDeployedPlatform();
  seedTags(platform.cloud);
  page = cloudPage(platform.cloud);
});
afterAll(() => platform.end());

test.each([
  [
    "the app and its hosts",
    ["mam-staging", "mam.staging.northlight.example", ".ondigitalocean.app"],
  ],
  ["its deployments", ["initial deployment", "ACTIVE"]],
  ["databases with their trusted sources", ["mam-staging-postgres", "ip_addr 10.121.0.0/20"]],
  ["buckets with their locks and policies", ["northlight-mam-staging-backups", "DenyDestruction"]],
  ["the state bucket", ["northlight-mam-terraform-state-staging"]],
  ["DNS records", ["letsencrypt.org", "CNAME"]],
  ["images by tag", seededTags.map(({ tag }) => tag)],
])("the page shows %s", (_, texts) => {
  for (const text of texts) expect(page).toContain(text);
});

test("the page shows the newest requests", () => {
  const { method, path } = platform.cloud.requestLog.entries().at(-1)!;

  expect(page).toContain(`${method} ${path}`);
});

test("the page shows no secret of the account or of what runs there", () => {
  const { credentials, digitalOcean, wasabi } = platform.cloud;
  const { store } = digitalOcean;
  const secrets = [
    credentials.digitalOceanToken,
    credentials.spaces.secretAccessKey,
    credentials.wasabi.secretAccessKey,
    credentials.wasabiRoot.secretAccessKey,
    ...Object.values({ ...credentials.supplied, ...credentials.logs }),
    ...store.databases.flatMap(({ users }) => users.map(({ password }) => password)),
    ...store.apps.map(({ encryption_key }) => encryption_key),
    ...[...wasabi.account.users.values()].flatMap(({ accessKeys }) =>
      [...accessKeys.values()].map(({ secretAccessKey }) => secretAccessKey),
    ),
  ];

  expect(secrets.length).toBeGreaterThan(20);
  expect(secrets.filter((secret) => page.includes(secret))).toEqual([]);
});

test("every image of a repository can be released by a tag of its own", () => {
  for (const { manifests } of platform.cloud.digitalOcean.store.registries[0]?.repositories ?? []) {
    expect(manifests.map(({ tags }) => tags.length)).toEqual(manifests.map(() => 1));
  }
});
