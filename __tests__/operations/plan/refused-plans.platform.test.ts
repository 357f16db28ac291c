import { silent } from "../../support/deploying.ts";
import type { Session } from "../../../operations/context/session.ts";
import { planEnvironment } from "../../../operations/review/plan.ts";
import { sealEnvironment } from "../../../operations/secrets/sealing.ts";
import { staging } from "../../../environments/staging.ts";
import { changed, checked } from "../../support/environments.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";

const options = { all: false, markdown: false, detailedExitcode: false, override: [] };

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openDeployedPlatform("staging");
  await sealEnvironment(platform.session(), silent);
}, 60_000);

afterAll(() => platform.end());

/** What `mam plan` says of an environment file with a change, on a platform that stands. */
async function planned(change: Parameters<typeof changed>[0]) {
  const session: Session = platform.session();
  const config = checked(changed(change, staging));
  const environment = { ...session.environment, config };
  const { ok, text } = await planEnvironment({ ...session, environment }, options, silent);
  return { ok, text };
}

test("another bucket prefix is refused in the gate's words, and never in Terraform's", async () => {
  const { ok, text } = await planned(({ storage }) => (storage.bucketPrefix = "northlight-media"));

  expect(ok).toBe(false);
  for (const tier of ["staging", "masters", "previews", "backups"]) {
    expect(text).toContain(`✗ bucket northlight-mam-staging-${tier} (aws_s3_bucket.${tier})`);
  }
  expect(text).toContain("it holds the masters: the originals, which cannot be made again");
  expect(text).toContain(
    'write it back: environments/staging.ts: storage: { bucketPrefix: "northlight-mam-staging" }',
  );
  expect(text).not.toMatch(/prevent_destroy|-target/);
});

test("another name of the product is refused for everything that it replaces", async () => {
  const { ok, text } = await planned((draft) => (draft.product = "dam"));

  expect(ok).toBe(false);
  expect(text).toContain("database cluster mam-staging-postgres");
  expect(text).toContain('write it back: environments/staging.ts: product: "mam"');
  expect(text).toMatch(/storage user \S+ \(aws_iam_user\.uploader\) \(storage-user-renamed\)/);
  expect(text).not.toMatch(/prevent_destroy|-target/);
});

test("a smaller cluster with a pool that fits it is refused before any call, with the lines that go back", async () => {
  const { ok, text } = await planned(({ database }) => {
    database.size = "db-s-1vcpu-1gb";
    database.pool = { size: 5 };
    database.reservedConnections = 5;
  });

  expect(ok).toBe(false);
  expect(text).toContain("(never-lowered)");
  expect(text).toContain("(cluster-first)");
  expect(text).toContain('environments/staging.ts: database: { size: "db-s-1vcpu-2gb" }');
  expect(text).toContain("environments/staging.ts: database: { pool: { size: 20 } }");
});

test("another pool size alone is let pass, and says that every pooled connection is cut", async () => {
  const { ok, text } = await planned(({ database }) => (database.pool = { size: 10 }));

  expect(ok).toBe(true);
  expect(text).toContain(
    "! the pool is destroyed and made again: every pooled connection is cut\n",
  );
});
