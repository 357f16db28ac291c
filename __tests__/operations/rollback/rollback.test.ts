import { readRelease } from "../../../operations/release/release-file.ts";
import { rollBack } from "../../../operations/rollback/rollback.ts";
import { type Course, chooseCourse } from "../../../operations/rollback/target.ts";
import { settingsOf } from "../../../operations/ledger/settings.ts";
import { appValues, resourceChange } from "../../support/plans.ts";
import { aDeployedEnvironment, theNextRelease } from "../../support/recorded/environment.ts";
import { fail, succeed } from "../../support/recorded/platform.ts";
import { type World, effectsOf, hasState, openWorld } from "../../support/recorded/world.ts";
import { entryOf } from "../ledger/entries.ts";

// A release that runs is left for the one before it.

const good = aDeployedEnvironment();
const bad = theNextRelease(good);

const before = entryOf("1", { images: good.release.images, deployment: "first" });
const left = entryOf("2", { images: bad.release.images, deployment: "deployment" });

let world: World;
let course: Course;
let said: string[];

beforeEach(async () => {
  world = openWorld({ environment: bad });
  for (const part of ["storage", "data", "app"] as const) hasState(world, part);
  await world.remember(before, left);
  world.terraform.plans("production-app", {
    resource_changes: [
      resourceChange("digitalocean_app.app", ["update"], {
        before: appValues(),
        after: appValues(),
      }),
    ],
  });
  world.journal.after("applying production-app", () => {
    succeed(world.platform, good, "back");
  });
  course = chooseCourse(world.entries(), bad.release.images, undefined);
  said = [];
});
afterEach(() => world.close());

const overrides = [{ rule: "red-doctor", reason: "nothing but answers is recorded" }];

const goBack = (options: Partial<Parameters<typeof rollBack>[2]> = {}) => {
  const confirm = (text: string) => {
    said.push(text);
    return world.confirm(true)(text);
  };
  return rollBack(world.session, course, { confirm, overrides, ...options }, world.progress);
};

const released = () => readRelease(world.session).images;

test("the release file says the older images, they are deployed, and the release that was left is none to come back to", async () => {
  const result = await goBack();

  expect(released()).toEqual(good.release.images);
  expect(effectsOf(world)).toEqual([
    "doctor",
    "terraform plan production-app",
    "terraform plan production-data",
    "terraform plan production-storage",
    "asks whether to go on",
    "ledger: running",
    "terraform apply production-app",
    "waiting for the release to run",
    "verifying",
    "ledger: succeeded",
    "ledger: rolled back",
  ]);
  expect(world.entries().map(({ kind, result: came }) => `${kind} ${came}`)).toEqual([
    "deployment succeeded",
    "deployment rolled back",
    "rollback succeeded",
  ]);
  expect(result).toMatchObject({ ok: true, entry: { images: good.release.images } });
  expect(result.text).toMatch(/Commit .*production\.release\.json\n$/);
  expect(said.join("")).toMatch(
    /^Back to release 1, [^]*A rollback changes images\.[^]*digitalocean_app/,
  );
});

test.each<[what: string, begin: () => Promise<unknown>]>([
  ["nobody confirms it", () => goBack({ confirm: world.confirm(false) })],
  ["the gate refuses it", () => goBack({ overrides: [] })],
  [
    "its plan cannot be made",
    () => {
      world.terraform.fails("production-app", "plan", "Invalid value");
      return expect(goBack()).rejects.toThrow("Invalid value");
    },
  ],
  [
    "it is interrupted",
    () => {
      world.journal.after("asks whether to go on", world.interrupt);
      return expect(goBack()).rejects.toThrow("nothing was changed");
    },
  ],
  [
    "the ledger cannot be written",
    () => {
      world.bucket.refused.add("production.ledger.json");
      return expect(goBack()).rejects.toThrow("AccessDenied");
    },
  ],
])("when %s, the release file says what it said before, and the ledger too", async (_, begin) => {
  await begin();

  expect(released()).toEqual(bad.release.images);
  expect(world.entries()).toEqual([before, left]);
});

test("a rollback that fails once it has begun leaves the file as it was deployed, and what was left as it was", async () => {
  world.terraform.fails("production-app", "apply", "the deployment failed");
  world.journal.after("planning production-app", () => {
    fail(world.platform, good, { id: "back" });
  });
  const result = await goBack();

  expect(result).toMatchObject({ ok: false, entry: { kind: "rollback", result: "failed" } });
  expect(released()).toEqual(good.release.images);
  expect(world.entries().map(({ result: came }) => came)).toEqual([
    "succeeded",
    "succeeded",
    "failed",
  ]);
});

test("it is said how the settings are had back that the older release ran with", async () => {
  const settings = settingsOf({ config: { ...bad.config, tier: "staging" } });
  course = { ...course, target: { ...before, settings } };
  await goBack({ confirm: (text) => Promise.resolve(said.push(text) === 0) });

  expect(said.join("")).toContain(
    "Images alone do not restore release 1: it was made from other settings or code.",
  );
});

test("what was rolled back from already is not recorded again", async () => {
  course = { ...course, left: { ...left, result: "rolled back" } };
  await goBack();

  expect(world.entries().map(({ result: came }) => came)).toEqual([
    "succeeded",
    "succeeded",
    "succeeded",
  ]);
});
