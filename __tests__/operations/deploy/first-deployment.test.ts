import { stackKinds } from "../../../operations/terraform/stack-kinds.ts";
import { anEnvironment, withoutInsights } from "../../support/environments.ts";
import { appValues, resourceChange } from "../../support/plans.ts";
import { everySecret } from "../../support/recorded/environment.ts";
import { aPlatform, anEmptyPlatform } from "../../support/recorded/platform.ts";
import { type World, effectsOf, hasState, openWorld } from "../../support/recorded/world.ts";
import { app, data, deploy, storage } from "./support/changed-world.ts";

const environment = anEnvironment();

let world: World;

afterEach(() => world.close());

test("from nothing: the app is planned behind what it needs, nobody is asked twice, and its secrets are sealed", async () => {
  world = openWorld({ environment, platform: anEmptyPlatform(environment) });
  const created = (address: string, after: object) => ({
    resource_changes: [resourceChange(address, ["create"], { after })],
    output_changes: { id: { actions: ["create"] } },
  });
  world.terraform.plans(storage, created("aws_s3_bucket.masters", {}));
  world.terraform.plans(data, created("digitalocean_vpc.vpc", {}));
  world.terraform.plans(app, created("digitalocean_app.app", appValues()));
  world.journal.after("waiting for the release to run", () => {
    Object.assign(world.platform, aPlatform(environment));
  });
  const session = { ...world.session, supplied: everySecret };
  const result = await deploy({ ...world, session });

  expect(effectsOf(world)).toEqual([
    "doctor",
    "terraform plan production-data",
    "terraform plan production-storage",
    "asks whether to go on",
    "ledger: running",
    "terraform apply production-data",
    "terraform apply production-storage",
    "terraform plan production-app",
    "terraform apply production-app",
    "waiting for the release to run",
    "verifying",
    "ledger: succeeded",
  ]);
  expect(result).toMatchObject({
    ok: true,
    entry: { result: "succeeded", deployment: "deployment", files: { sealed: true } },
  });
  expect(result.text).toMatch(/Commit .*production\.sealed\.json\n$/);
});

test("secrets that cannot be sealed are a warning: the release runs, and the next deployment seals them", async () => {
  world = openWorld({ environment: withoutInsights(environment) });
  for (const kind of stackKinds) hasState(world, kind);
  world.terraform.plans(app, {
    resource_changes: [
      resourceChange("digitalocean_app.app", ["update"], {
        ...{ before: appValues(), after: appValues() },
      }),
    ],
  });
  const result = await deploy(world);

  expect(result).toMatchObject({
    ok: true,
    findings: [{ id: "sealed", severity: "warning", fix: "mam secrets seal production" }],
  });
});
