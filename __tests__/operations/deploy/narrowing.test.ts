import { resourceChange } from "../../support/plans.ts";
import { type World, effectsOf } from "../../support/recorded/world.ts";
import { data, deploy, environment, openChangedWorld, storage } from "./support/changed-world.ts";

// Storage would take away what pages of the running app ask of it.

const origin = `https://${environment.config.domain.appHost}`;
const cors = (...allowed_origins: string[]) => ({ cors_rule: [{ allowed_origins }] });
const narrowed = {
  resource_changes: [
    resourceChange("aws_s3_bucket.previews", ["update"], { before: cors(origin), after: cors() }),
  ],
};
const tagged = {
  resource_changes: [
    resourceChange("aws_s3_bucket.previews", ["update"], {
      ...{ before: { tags: ["a"] }, after: { tags: ["b"] } },
    }),
  ],
};

let world: World;

beforeEach(() => {
  world = openChangedWorld();
  world.terraform.plans(data, {});
});
afterEach(() => world.close());

const aboutStorage = () =>
  effectsOf(world).filter((line) => /storage|waiting|verifying/.test(line));
const apply = "terraform apply production-storage";
const plan = "terraform plan production-storage";

test("it keeps that until the app has moved, and is planned and applied once more then", async () => {
  world.terraform.plans(storage, narrowed, {}, tagged);
  const result = await deploy(world);

  expect(aboutStorage()).toEqual([
    ...[plan, plan],
    "waiting for the release to run",
    ...[plan, apply],
    "verifying",
  ]);
  expect(result).toMatchObject({
    ok: true,
    entry: { stacks: { storage: { outcome: "applied" } } },
  });
});

test("it keeps that on while the app still uses it", async () => {
  world.terraform.plans(storage, narrowed, {}, narrowed);
  const result = await deploy(world);

  expect(aboutStorage()).toEqual([plan, plan, "waiting for the release to run", plan, "verifying"]);
  expect(result).toMatchObject({
    ok: true,
    entry: { stacks: { storage: { outcome: "unchanged" } } },
  });
});

test("the gate judges the plan that is made then", async () => {
  world.terraform.plans(
    storage,
    narrowed,
    {},
    {
      resource_changes: [resourceChange("aws_s3_bucket.previews", ["delete"], { before: {} })],
    },
  );
  const result = await deploy(world);

  expect(aboutStorage()).toEqual([plan, plan, "waiting for the release to run", plan]);
  expect(result).toMatchObject({ ok: false, entry: { result: "failed", deployment: "second" } });
  expect(result.text).toContain(
    "the plan of production-storage, made after others were applied, is refused",
  );
});
