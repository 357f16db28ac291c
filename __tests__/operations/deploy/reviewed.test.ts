import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { deploymentOutcome } from "../../../operations/commands/deploy.ts";
import { settingsOf } from "../../../operations/ledger/settings.ts";
import { readReviewed, reviewFiles, writeReview } from "../../../operations/reviewed/file.ts";
import {
  type Keys,
  type Reviewed,
  reviewedStacks,
} from "../../../operations/reviewed/fingerprint.ts";
import type { ResourceChange } from "../../../operations/terraform/plan-json.ts";
import { stackKinds } from "../../../operations/terraform/stack-kinds.ts";
import { plannedStack, resourceChange } from "../../support/plans.ts";
import { fail, succeed } from "../../support/recorded/platform.ts";
import { type World, effectsOf, hasState } from "../../support/recorded/world.ts";
import { entryOf } from "../ledger/entries.ts";
import {
  app,
  appWithImage,
  deploy,
  deployed,
  environment,
  openChangedWorld,
  until,
} from "./support/changed-world.ts";

const keys: Keys = { storage: "lineage-storage", data: "lineage-data", app: "lineage-app" };

let world: World;

beforeEach(() => {
  world = openChangedWorld();
  for (const part of stackKinds) {
    hasState(world, part, { resources: [], lineage: keys[part] });
  }
});
afterEach(() => world.close());

const tagged = (address: string) =>
  resourceChange(address, ["update"], { before: { tags: ["a"] }, after: { tags: ["b"] } });

/** What a review of these plans of the app and of the others leaves behind. */
const reviewed = (...ofApp: readonly ResourceChange[]): Reviewed => ({
  version: 1,
  environment: "production",
  planned: "2026-11-29T00:00:00Z",
  stacks: reviewedStacks(
    [
      plannedStack("storage", { resource_changes: [tagged("aws_s3_bucket.masters")] }),
      plannedStack("data", { resource_changes: [tagged("digitalocean_vpc.network")] }),
      plannedStack("app", { resource_changes: [...ofApp] }),
    ],
    keys,
  ),
});

test("the plan that was reviewed is deployed", async () => {
  const result = await deploy(world, { reviewed: reviewed(appWithImage("5")) });

  expect(result).toMatchObject({ ok: true, entry: { result: "succeeded" } });
  expect(effectsOf(world)).toEqual(until());
});

test("another plan changes nothing, and says which field is another one", async () => {
  const result = await deploy(world, { reviewed: reviewed(appWithImage("6")) });

  expect(effectsOf(world)).toEqual(until("terraform plan production-storage"));
  expect(result.ok).toBe(false);
  expect(result.text).toMatch(
    /^The plan is not the one that was reviewed\.\n {2}app mam-production \(digitalocean_app\.app\) {2}spec\.service\[api\]\.image\.digest\n {4}reviewed {2}sha256:666666666666…\n {4}planned {3}sha256:555555555555…\n/,
  );
  expect(result.text).toMatch(/\nproduction: nothing was changed\.\n$/);
});

test("it ends with 3 and the fields as data, unlike any other failure", async () => {
  const result = await deploy(world, { reviewed: reviewed() });

  expect(deploymentOutcome("production", result)).toMatchObject({
    ok: false,
    exitCode: 3,
    data: { notReviewed: [{ address: "digitalocean_app.app", reviewed: "nothing of it" }] },
  });
  expect(deploymentOutcome("production", await deploy(world))).not.toHaveProperty("exitCode");
});

test("a stack that nobody reviewed is not deployed", async () => {
  const { app: onlyApp } = reviewed(appWithImage("5")).stacks;
  const result = await deploy(world, {
    reviewed: { ...reviewed(), stacks: onlyApp ? { app: onlyApp } : {} },
  });

  expect(result.deviations?.map(({ address }) => address)).toEqual([
    "aws_s3_bucket.masters",
    "digitalocean_vpc.network",
  ]);
});

test("the way back after a failure is not held to what was reviewed", async () => {
  const { platform, journal } = world;
  await world.remember(
    entryOf("20261120-100000-0001", {
      images: deployed.release.images,
      settings: settingsOf(deployed),
    }),
  );
  platform.answers.getDeploymentLogs = () => ({});
  journal.after("applying production-app", () => {
    fail(platform, environment, { id: "second" });
  });
  journal.after("ledger: failed", () => {
    world.terraform.plans(app, { resource_changes: [appWithImage("1")] });
    journal.after("terraform apply production-app", () => {
      succeed(platform, deployed, "back");
    });
  });
  const result = await deploy(world, {
    reviewed: reviewed(appWithImage("5")),
    rollbackOnFailure: true,
  });

  expect(world.entries().map(({ kind, result: end }) => `${kind} ${end}`)).toEqual([
    "deployment succeeded",
    "deployment rolled back",
    "rollback succeeded",
  ]);
  expect(result.text).toContain("Going back to the images of release 20261120-100000-0001");
});

test("what was done meanwhile is told, and the rest is deployed", async () => {
  const before = reviewed(appWithImage("5"), tagged("digitalocean_domain.zone"));
  const result = await deploy(world, { reviewed: before });

  expect(result.ok).toBe(true);
});

test("an app that changes more once the others were applied is not deployed, and nobody is asked", async () => {
  world.journal.after("terraform apply production-storage", () => {
    const more = [appWithImage("5"), tagged("digitalocean_domain.zone")];
    world.terraform.plans(app, { resource_changes: more });
  });
  const result = await deploy(world, { reviewed: reviewed(appWithImage("5")) });

  expect(result.ok).toBe(false);
  expect(result.text).toContain("Nobody reviewed it: nothing of it was changed");
  expect(effectsOf(world).filter((line) => line.startsWith("asks"))).toHaveLength(1);
  expect(effectsOf(world)).not.toContain("terraform apply production-app");
});

describe("the file of a review", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "mam-review-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  test("says what was reviewed", () => {
    const one = reviewed(appWithImage("5"));
    writeReview(join(directory, "review"), one, "## Plan\n");

    const files = reviewFiles(join(directory, "review"), "production");
    expect(readReviewed(files.reviewed, "production")).toEqual(one);
  });

  test.each([
    ["is not there", undefined, "production", /ENOENT/],
    ["is no JSON", "{", "production", /not what mam plan --review writes/],
    ["is something else", '{"version":2}', "production", /not what mam plan --review writes/],
    ["is of another environment", JSON.stringify(reviewed()), "staging", /of production, not of/],
  ])("is refused when it %s", (_, content, environment, problem) => {
    const file = join(directory, "reviewed.json");
    if (content !== undefined) writeFileSync(file, content);

    expect(() => readReviewed(file, environment)).toThrow(problem);
    expect(() => readReviewed(file, environment)).toThrow(
      `fix: mam plan ${environment} --review <directory> writes it`,
    );
  });
});
