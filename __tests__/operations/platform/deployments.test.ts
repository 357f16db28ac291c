import { AbortError } from "@mam-infra/clients/abort";

import {
  type PlatformDeployment,
  areImages,
  hasFailed,
  imagesOf,
  redeploy,
  runs,
  settledApp,
} from "../../../operations/platform/deployments.ts";
import { anEnvironment, release } from "../../support/environments.ts";
import { aPlatform, anEmptyPlatform, changeApp } from "../../support/recorded/platform.ts";
import { type World, effectsOf, openWorld } from "../../support/recorded/world.ts";

const environment = anEnvironment();
const { app } = aPlatform(environment).observed;
const active = app!.active_deployment!;

const other = { images: { ...release.images, edge: `sha256:${"9".repeat(64)}` } };
const newest = (phase?: string): PlatformDeployment => ({ id: "newest", phase });

test.each<
  [what: string, is: boolean, parts: Partial<Parameters<typeof runs>[0]>, of?: typeof other]
>([
  ["its images are active, and nothing is newer", true, { newest: active }],
  ["its images are active, and the platform lists no deployment", true, { newest: undefined }],
  [
    "its images are active, and a newer deployment has gone well",
    true,
    { newest: newest("SUPERSEDED") },
  ],
  ["its images are active, and a newer deployment failed", false, { newest: newest("ERROR") }],
  [
    "its images are active, and a newer deployment was called off",
    false,
    { newest: newest("CANCELED") },
  ],
  ["other images are active", false, { newest: active }, other],
  ["nothing is active", false, { app: { ...app!, active_deployment: null }, newest: undefined }],
])("whether a release runs when %s: %s", (_, is, parts, of = release) => {
  expect(runs({ app: app!, newest: undefined, ...parts }, of)).toBe(is);
});

test("only a deployment that came to nothing has failed", () => {
  const phases = ["ACTIVE", "SUPERSEDED", "DEPLOYING", "ERROR", "CANCELED", undefined];

  expect(phases.filter((phase) => hasFailed({ id: "one", phase }))).toEqual(["ERROR", "CANCELED"]);
});

test("images are told by digest, and a component that lacks one is none of a release", () => {
  expect(areImages(imagesOf(active), release)).toBe(true);
  expect(imagesOf({ spec: { name: "app", services: [{ name: "api" }] } })).toEqual({
    api: undefined,
  });
  expect(areImages({ ...release.images, worker: undefined }, release)).toBe(false);
});

describe("the platform", () => {
  let world: World;

  afterEach(() => world.close());

  test("there is nothing to wait for without an app", async () => {
    world = openWorld({ environment, platform: anEmptyPlatform(environment) });

    expect(await settledApp(world.session)).toBeUndefined();
  });

  test.each(["pending_deployment", "in_progress_deployment"])(
    "a deployment that is under way, as %s says, is waited for",
    async (field) => {
      world = openWorld({ environment });
      changeApp(world.platform, { [field]: { id: "second" } });
      world.journal.after("reads listApps", () => {
        setImmediate(() => {
          changeApp(world.platform, { [field]: undefined });
        });
      });
      const settled = await settledApp(world.session);

      expect(settled).toMatchObject({ app: { id: app?.id }, newest: { id: "deployment" } });
      expect(world.journal.lines()).toEqual([
        "reads listApps",
        "reads listApps",
        "reads listDeployments",
      ]);
    },
  );

  test("an interruption ends the wait, and the platform goes on", async () => {
    world = openWorld({ environment });
    changeApp(world.platform, { in_progress_deployment: { id: "second" } });
    world.journal.after("reads listApps", world.interrupt);

    await expect(settledApp(world.session)).rejects.toThrow(AbortError);
  });

  test("deploying again begins a deployment, and waits for its end", async () => {
    world = openWorld({ environment });
    world.platform.answers.createDeployment = ({ of, body }) => {
      expect([of, body]).toEqual([{ app_id: app?.id }, { force_build: false }]);
      return { deployment: { id: "again" } };
    };
    await redeploy(world.session, app!.id);

    expect(effectsOf(world)).toEqual(["DigitalOcean createDeployment"]);
    expect(world.journal.lines().slice(1)).toEqual(["reads listApps", "reads listDeployments"]);
  });
});
