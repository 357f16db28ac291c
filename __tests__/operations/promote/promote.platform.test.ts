import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { execa } from "execa";

import { releaseSchema } from "../../../environments/schema/release.ts";
import type { LedgerEntry } from "../../../operations/ledger/entry.ts";
import { recordEntry } from "../../../operations/ledger/ledger.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import type { Variables } from "../../../operations/context/variables.ts";
import { imageOfData } from "../../../rehearsal/harness/rehearsal-cloud.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";
import { entryOf } from "../ledger/entries.ts";

const older = `sha256:${"d".repeat(64)}`;

let platform: TestPlatform;
let file: string;

beforeAll(async () => {
  platform = await openDeployedPlatform("staging");
  const { repository } = platform.cloud.environment.config.services.api;
  const { images } = platform.session().environment.release;
  const image = imageOfData("api");
  // In this order: the registry says when each was pushed last.
  for (const digest of [older, images.api]) {
    platform.cloud.digitalOcean.pushImage({ repository, digest, image });
    await platform.cloud.clock.sleep(60);
  }
  file = join(platform.variables.MAM_RELEASE_DIRECTORY ?? "", "production.release.json");
});

beforeEach(() => {
  const { images } = platform.session().environment.release;
  writeFileSync(file, JSON.stringify({ images: { ...images, api: older } }));
});

afterAll(() => platform.end());

const mam = (args: readonly string[], changed: Variables = {}) =>
  execa("node", ["operations/mam.mjs", "promote", ...args], {
    env: { ...platform.variables, ...changed },
    extendEnv: false,
    reject: false,
  });

const remember = (id: string, entry: Partial<LedgerEntry> = {}) => {
  const session = platform.session();
  const [app] = platform.cloud.digitalOcean.store.apps;
  const { images } = session.environment.release;
  const deployment = app!.active_deployment!;
  const verified = {
    at: "2026-11-24T10:05:00.000Z",
    passed: 61,
    warned: 0,
    failed: 0,
    skipped: [],
  };
  return recordEntry(ledgerOf(session), entryOf(id, { images, deployment, verified, ...entry }));
};

const written = () => releaseSchema.parse(JSON.parse(readFileSync(file, "utf8"))).images;

test("what was never recorded is refused, and the file stays as it was", async () => {
  const { exitCode, stdout } = await mam(["staging", "production"]);

  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/\(deployed\)[^]*fix +mam deploy staging/);
  expect(stdout).toMatch(
    /production: what staging runs is not promoted\. .* was not changed\.\n?$/,
  );
  expect(written().api).toBe(older);
});

test("what verify accepted is written into the file of the other environment, after it was shown without", async () => {
  await remember("20261124-100000-0001");
  const dry = await mam(["staging", "production", "--dry-run", "--json"]);

  expect(JSON.parse(dry.stdout)).toMatchObject({
    ok: true,
    release: { id: "20261124-100000-0001" },
    changes: [{ component: "api", from: older }],
    written: false,
  });
  expect(dry.exitCode).toBe(0);
  expect(written().api).toBe(older);

  const { exitCode, stdout } = await mam(["staging", "production"]);

  expect(exitCode).toBe(0);
  expect(written()).toEqual(platform.session().environment.release.images);
  expect(stdout).toMatch(
    /^Release 20261124-100000-0001 of staging, by \S+, accepted by verify 2026-11-24T10:05:00\.000Z: 61 checks passed/,
  );
  expect(stdout).toMatch(/ {4}database\.size +"db-s-1vcpu-2gb" → "gd-2vcpu-8gb"\n/);
  expect(stdout).toMatch(/ {2}variables\n {4}LOG_LEVEL +"debug" → "info"\n/);
  expect(stdout).toMatch(/Commit it, then: mam plan production$/);
}, 60_000);

test("credentials of the other environment are its own, and what they cannot read is a refusal", async () => {
  await remember("20261124-100000-0001");
  const { exitCode, stdout } = await mam(["staging", "production", "--json"], {
    FROM_AWS_SECRET_ACCESS_KEY: "not the key of staging's bucket",
  });

  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    written: false,
    findings: [{ id: "history", found: expect.stringContaining("SignatureDoesNotMatch") }],
  });
  expect(stdout).not.toContain("not the key of staging");
  expect(written().api).toBe(older);
}, 60_000);

test("an environment that there is not is a finding about files", async () => {
  const { exitCode, stderr } = await mam(["stagin", "production"]);

  expect(exitCode).toBe(2);
  expect(stderr).toContain("did you mean staging?");
});

test("its help shows how it is typed", async () => {
  const { stdout } = await mam(["--help"]);

  expect(stdout).toMatch(/Examples:\n {2}mam promote staging production\n/);
});
