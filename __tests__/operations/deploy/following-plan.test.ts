import { resourceChange } from "../../support/plans.ts";
import { type World, effectsOf } from "../../support/recorded/world.ts";
import {
  app,
  data,
  deploy,
  openChangedWorld,
  redDoctor,
  storage,
} from "./support/changed-world.ts";

// A part of what a plan leads to comes with the next plan only.

const moved = {
  resource_changes: [
    resourceChange("aws_iam_user.uploader", ["update"], {
      ...{ before: { path: "/" }, after: { path: "/mam/" } },
    }),
  ],
};
const policies = {
  resource_changes: [
    resourceChange("aws_s3_bucket.masters", ["update"], {
      ...{ before: { tags: ["a"] }, after: { tags: ["b"] } },
    }),
  ],
};

const overrides = [
  redDoctor,
  { rule: "storage-user-renamed", reason: "the policies follow at once" },
];

let world: World;

beforeEach(() => {
  world = openChangedWorld();
  for (const stack of [data, app]) world.terraform.plans(stack, {});
});
afterEach(() => world.close());

const aboutStorage = () => effectsOf(world).filter((line) => /storage|waiting/.test(line));
const apply = "terraform apply production-storage";
const plan = "terraform plan production-storage";

test("the stack is planned and applied once more at once", async () => {
  world.terraform.plans(storage, moved, policies);
  const result = await deploy(world, { overrides });

  expect(aboutStorage()).toEqual([plan, apply, plan, apply, "waiting for the release to run"]);
  expect(result.entry?.stacks.storage?.outcome).toBe("applied");
});

test("the gate judges that plan too", async () => {
  const destroyed = resourceChange("aws_s3_bucket.masters", ["delete"], { before: {} });
  world.terraform.plans(storage, moved, { resource_changes: [destroyed] });
  const result = await deploy(world, { overrides });

  expect(aboutStorage()).toEqual([plan, apply, plan]);
  expect(result).toMatchObject({ ok: false, entry: { result: "failed" } });
  expect(result.text).toContain(
    "the plan of production-storage, made after others were applied, is refused",
  );
});

test("an interruption leaves it to the next deployment", async () => {
  world.terraform.plans(storage, moved, policies);
  world.journal.after("  applying production-storage: update a.resource", world.interrupt);
  const result = await deploy(world, { overrides });

  expect(aboutStorage()).toEqual([plan, apply]);
  expect(result).toMatchObject({ entry: { result: "interrupted" } });
  expect(result.text).toContain("what follows from it was not begun: deploy again");
});
