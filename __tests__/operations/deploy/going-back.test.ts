import { readRelease } from "../../../operations/release/release-file.ts";
import { settingsOf } from "../../../operations/ledger/settings.ts";
import { fail, succeed } from "../../support/recorded/platform.ts";
import { type World, effectsOf } from "../../support/recorded/world.ts";
import { entryOf } from "../ledger/entries.ts";
import { deploy, deployed, environment, openChangedWorld, until } from "./support/changed-world.ts";

// With rollback on failure, the last good release is deployed after one whose app failed.

const good = entryOf("20261120-100000-0001", {
  images: deployed.release.images,
  settings: settingsOf(deployed),
});

let world: World;

beforeEach(() => {
  world = openChangedWorld();
  const { platform, journal, terraform } = world;
  terraform.plans("production-storage", {});
  terraform.plans("production-data", {});
  platform.answers.getDeploymentLogs = () => ({});
  journal.after("applying production-app", () => {
    fail(platform, environment, { id: "second" });
  });
});
afterEach(() => world.close());

const failing = [
  ...until("ledger: running"),
  "terraform apply production-app",
  "waiting for the release to run",
  "ledger: failed",
];

const results = () => world.entries().map(({ kind, result }) => `${kind} ${result}`);

test("the last good release is planned, judged and deployed without a question, and both are recorded", async () => {
  await world.remember(good);
  let asked = 0;
  world.journal.after("ledger: failed", () => {
    world.journal.after("terraform apply production-app", () => {
      succeed(world.platform, deployed, "back");
    });
  });
  const result = await deploy(world, {
    rollbackOnFailure: true,
    confirm: () => Promise.resolve((asked += 1) > 0),
  });

  expect(effectsOf(world).filter((line) => !line.startsWith("terraform plan"))).toEqual([
    ...failing.filter((line) => !/^(terraform plan|asks)/.test(line)),
    "doctor",
    "ledger: running",
    "terraform apply production-app",
    "waiting for the release to run",
    "verifying",
    "ledger: succeeded",
    "ledger: rolled back",
  ]);
  expect(asked).toBe(1);
  expect(result).toMatchObject({ ok: false, entry: { result: "rolled back" } });
  expect(results()).toEqual([
    "deployment succeeded",
    "deployment rolled back",
    "rollback succeeded",
  ]);
  expect(readRelease(world.session).images).toEqual(deployed.release.images);
  expect(result.text).toMatch(
    /Going back to the images of release 20261120-100000-0001; .*production\.release\.json says so too:/,
  );
});

test("whoever is told of deployments is told of the failed one and of the way back", async () => {
  await world.remember(good);
  world.journal.after("ledger: failed", () => {
    world.journal.after("terraform apply production-app", () => {
      succeed(world.platform, deployed, "back");
    });
  });
  const { session } = world;
  const { config } = session.environment;
  const afterDeployment = { webhookVariable: "HOOK_URL", onlyFailures: false };
  const alerting = { ...config.alerting, afterDeployment };
  await deploy(
    {
      ...world,
      session: {
        ...session,
        environment: { ...session.environment, config: { ...config, alerting } },
        variables: { ...session.variables, HOOK_URL: "https://hooks.example.com/x" },
      },
    },
    { rollbackOnFailure: true, confirm: () => Promise.resolve(true) },
  );

  expect(effectsOf(world).filter((line) => line.startsWith("tells"))).toEqual([
    "tells: deployment failed",
    "tells: rollback succeeded",
  ]);
});

test("a way back that fails too leaves both releases as failed", async () => {
  await world.remember(good);
  world.journal.after("ledger: failed", () => {
    world.journal.after("applying production-app", () => {
      fail(world.platform, deployed, { id: "third" });
    });
  });
  const result = await deploy(world, { rollbackOnFailure: true });

  expect(result).toMatchObject({ ok: false, entry: { result: "failed" } });
  expect(results()).toEqual(["deployment succeeded", "deployment failed", "rollback failed"]);
  expect(result.text).not.toContain("There is no other good release");
});

test.each([
  [
    "the ledger has no good release",
    [],
    /There is no other good release in the ledger to go back to\.\nMend what failed, release it, then: mam deploy production\n$/,
  ],
  [
    "no image is to blame",
    [{ ...good, images: environment.release.images, settings: "others" }],
    /No rollback was made\.\nThe images are those of release 20261120-100000-0001, which ran[^]*then: mam deploy production\n$/,
  ],
])("when %s, nothing is deployed again, and it is said what to do", async (_, entries, says) => {
  await world.remember(...entries);
  const result = await deploy(world, { rollbackOnFailure: true });

  expect(effectsOf(world)).toEqual(failing);
  expect(result).toMatchObject({ ok: false, entry: { result: "failed" } });
  expect(result.text).toMatch(says);
  expect(readRelease(world.session).images).toEqual(environment.release.images);
});

test("without it, the line that rolls back is said", async () => {
  await world.remember(good);
  const result = await deploy(world);

  expect(effectsOf(world)).toEqual(failing);
  expect(result.text).toMatch(/Roll back: mam rollback production\n$/);
});
