import { serviceRoleNames } from "../../../constructs/storage/service-roles.ts";
import { readRelease } from "../../../operations/release/release-file.ts";
import { rollBackInEmergency } from "../../../operations/rollback/emergency.ts";
import type { PlatformDeployment } from "../../../operations/platform/deployments.ts";
import { gpuStateOf } from "../../support/gpu.ts";
import { resourceChange } from "../../support/plans.ts";
import type { Environment } from "../../../environments/loading/load.ts";
import { refusedBy } from "../../support/recorded/digitalocean.ts";
import { aDeployedEnvironment, theNextRelease } from "../../support/recorded/environment.ts";
import { anObservedState, changeApp, fail, succeed } from "../../support/recorded/platform.ts";
import { type World, effectsOf, hasState, openWorld } from "../../support/recorded/world.ts";
import { entryOf } from "../ledger/entries.ts";

// A release that runs is left for the one before it, by the platform's own rollback.

const good = aDeployedEnvironment();
const bad = theNextRelease(good);

const before = entryOf("1", { images: good.release.images, deployment: "first" });
const left = entryOf("2", { images: bad.release.images, deployment: "deployment" });

const first: PlatformDeployment = {
  ...{ id: "first", phase: "SUPERSEDED", created_at: "2026-11-20T10:00:00Z" },
  spec: anObservedState(good).app!.spec,
};

let world: World;
let said: string[];

beforeEach(async () => {
  world = openWorld({ environment: bad });
  hasState(world, "app");
  await world.remember(before, left);
  const { platform } = world;
  platform.deployments = [...platform.deployments, first];
  platform.answers = {
    validateRollback: () => ({ valid: true, warnings: [{ code: "old", message: "it is old" }] }),
    rollBackApp: ({ body }) => {
      expect(body).toEqual({ deployment_id: "first", skip_pin: false });
      succeed(platform, good, "back");
      return { deployment: { id: "back" } };
    },
    commitRollback: () => ({}),
    revertRollback: () => ({ deployment: { id: "reverted" } }),
  };
  said = [];
});
afterEach(() => world.close());

const goBack = (release?: string, answer = true) =>
  rollBackInEmergency(
    world.session,
    {
      release,
      confirm: (text) => {
        said.push(text);
        return world.confirm(answer)(text);
      },
    },
    world.progress,
  );

const released = () => readRelease(world.session).images;

const whole = [
  "DigitalOcean validateRollback",
  "asks whether to go on",
  "ledger: running",
  "DigitalOcean rollBackApp",
  "DigitalOcean commitRollback",
  "terraform refresh production-app",
  "verifying",
  "ledger: succeeded",
  "ledger: rolled back",
];

test("the platform goes back and commits; state, ledger and release file are brought to what runs", async () => {
  const result = await goBack();

  expect(effectsOf(world)).toEqual(whole);
  expect(released()).toEqual(good.release.images);
  expect(result).toMatchObject({
    ok: true,
    entry: { kind: "emergency rollback", result: "succeeded", deployment: "back" },
  });
  expect(said.join("")).toMatch(
    /^Back to release 1, [^]*variables, sizes and secrets of that time come back too[^]*The platform warns: old: it is old\n$/,
  );
  expect(result.text).toMatch(
    /production: deployment back runs, committed, and nothing is pinned\.[^]*says the same images: commit it\.\nWhat else that deployment brought back: mam plan production\n$/,
  );
});

test("secrets that were replaced since are named before anything begins, with the way that keeps them", async () => {
  const spec = structuredClone(first.spec!);
  const [edge, api] = ["edge", "api"].map((name) =>
    spec.services!.find((one) => one.name === name)!,
  );
  const change = (of: typeof edge, key: string) => {
    of!.envs!.find((one) => one.key === key)!.value = "EV[1:b2xk:b2xk]";
  };
  change(edge, "WASABI_PREVIEWS_SECRET");
  for (const holder of [edge, api]) change(holder, "EDGE_SIGNING_KEY_A");
  world.platform.deployments = world.platform.deployments.map((one) =>
    one.id === "first" ? { ...one, spec } : one,
  );
  await goBack(undefined, false);

  expect(said.join("")).toMatch(
    /^Secrets that were replaced since come back, too: WASABI_PREVIEWS_SECRET of edge; EDGE_SIGNING_KEY_A of api, edge\.\n[^]*Today's secrets stay with mam rollback production 1$/m,
  );
});

test("of secrets that are what runs nothing is said", async () => {
  await goBack(undefined, false);

  expect(said.join("")).not.toContain("Secrets that were replaced");
});

describe("where people are told what became of deployments", () => {
  const told = { webhookVariable: "HOOK_URL", onlyFailures: false };
  const { config } = bad;
  const telling = {
    ...bad,
    config: { ...config, alerting: { ...config.alerting, afterDeployment: told } },
  };
  const inTelling = () => ({
    ...world.session,
    environment: telling,
    variables: { ...world.session.variables, HOOK_URL: "https://hooks.example.com/x" },
  });
  const goBackTelling = () =>
    rollBackInEmergency(
      inTelling(),
      { release: undefined, confirm: () => Promise.resolve(true) },
      world.progress,
    );
  const tells = () => effectsOf(world).filter((line) => line.startsWith("tells"));

  test("they are told of an emergency rollback, once it is recorded", async () => {
    const result = await goBackTelling();

    expect(result.ok).toBe(true);
    expect(effectsOf(world).slice(-3)).toEqual([
      "ledger: succeeded",
      "ledger: rolled back",
      "tells: emergency rollback succeeded",
    ]);
  });

  test("they are told of one that failed", async () => {
    world.platform.answers.rollBackApp = () => {
      fail(world.platform, good, { id: "back" });
      return { deployment: { id: "back" } };
    };
    await goBackTelling();

    expect(tells()).toEqual(["tells: emergency rollback failed"]);
  });

  test("who cannot be told is a line, and the rollback has succeeded", async () => {
    const { HOOK_URL, ...variables } = inTelling().variables;
    const result = await rollBackInEmergency(
      { ...inTelling(), variables },
      { release: undefined, confirm: () => Promise.resolve(true) },
      world.progress,
    );

    expect(HOOK_URL).toBeDefined();
    expect(result.ok).toBe(true);
    expect(result.text).toContain("! The webhook was not told what became of the deployment");
  });
});

test("the release file says what runs before the rollback is committed", async () => {
  const releasedThen: unknown[] = [];
  world.platform.answers.commitRollback = () => {
    releasedThen.push(released());
    throw refusedBy(503);
  };
  const result = await goBack();

  expect(releasedThen).toEqual([good.release.images]);
  expect(result).toMatchObject({ ok: false, entry: { result: "failed" } });
  expect(result.text).toContain("Run it again: mam rollback production --emergency");
});

test("what does not run either is reverted, and the release file stays", async () => {
  world.platform.answers.rollBackApp = () => {
    fail(world.platform, good, { id: "back" });
    return { deployment: { id: "back" } };
  };
  const result = await goBack();

  expect(effectsOf(world)).toEqual([
    ...whole.slice(0, 4),
    "DigitalOcean revertRollback",
    "ledger: failed",
  ]);
  expect(released()).toEqual(bad.release.images);
  expect(result.text).toMatch(
    /The app's deployment back failed: ERROR\.[^]*What serves is deployment deployment[^]*the rollback was reverted\n$/,
  );
});

test("nothing is done when nobody confirms it", async () => {
  const result = await goBack(undefined, false);

  expect(effectsOf(world)).toEqual(whole.slice(0, 2));
  expect(result).toMatchObject({ ok: false, entry: undefined });
  expect(released()).toEqual(bad.release.images);
});

test("a signal does not end it half way, and what is left to do is said", async () => {
  const { platform } = world;
  platform.answers.rollBackApp = () => {
    changeApp(platform, { in_progress_deployment: { id: "back" } });
    world.interrupt();
    setImmediate(() => {
      succeed(platform, good, "back");
    });
    return { deployment: { id: "back" } };
  };
  const result = await goBack();

  expect(effectsOf(world)).toEqual([
    ...whole.slice(0, 5),
    "verifying",
    "ledger: interrupted",
    "ledger: rolled back",
  ]);
  expect(released()).toEqual(good.release.images);
  expect(result).toMatchObject({ ok: false, entry: { result: "interrupted", deployment: "back" } });
});

test("a state that cannot be refreshed is a warning: the next plan does it", async () => {
  world.terraform.fails("production-app", "refresh", "no credentials");
  const result = await goBack();

  expect(result).toMatchObject({ ok: true, findings: [{ id: "state-refreshed" }] });
  expect(result.text).toContain("mam plan production");
});

test("a rollback that pins the app already is finished, and none is begun", async () => {
  changeApp(world.platform, {
    pinned_deployment: first,
    active_deployment: first,
  });
  world.platform.answers.commitRollback = () => {
    succeed(world.platform, good, "first");
    return {};
  };
  const result = await goBack();

  expect(said).toEqual(["A rollback to deployment first pins the app. It will be finished.\n"]);
  expect(effectsOf(world)).toEqual(
    whole.slice(1, -1).filter((line) => !line.includes("rollBackApp")),
  );
  expect(result).toMatchObject({ entry: { deployment: "first" } });
});

describe("without a ledger", () => {
  beforeEach(() => {
    world.bucket.isDown = true;
  });

  test("the platform alone is asked what ran before, and the rollback stays unrecorded", async () => {
    const result = await goBack();

    expect(world.journal.lines()).toContain(
      "  reading the ledger: the ledger cannot be read, so the platform alone is asked: the store is down",
    );
    expect(said.join("")).toMatch(
      /^Back to deployment first, of 2026-11-20T10:00:00Z, which the ledger does not have:\n/,
    );
    expect(effectsOf(world).filter((line) => line.startsWith("ledger"))).toEqual([]);
    expect(result.text.match(/The ledger does not say what became of release/g)).toHaveLength(1);
    expect(released()).toEqual(good.release.images);
  });

  test("what says the same as what runs is none to go back to", async () => {
    world.platform.deployments = [{ ...first, spec: anObservedState(bad).app!.spec }];

    await expect(goBack()).rejects.toThrow(
      "The platform has no deployment of anything that ran before and is not what runs now any more.",
    );
  });
});

test.each<[what: string, arrange: () => unknown, release: string | undefined, says: RegExp]>([
  [
    "the platform refuses every deployment of it",
    () => {
      world.platform.answers.validateRollback = () => ({
        valid: false,
        error: { message: "too old" },
      });
    },
    undefined,
    /^The platform refuses to go back to release 1:\n {2}first: too old\nThrough the release file it still works: mam rollback production$/,
  ],
  [
    "the platform gives no reason",
    () => {
      world.platform.answers.validateRollback = () => ({});
    },
    "1",
    /first: no reason given/,
  ],
  [
    "the platform has no deployment of it",
    () => {
      world.platform.deployments = [];
    },
    undefined,
    /^The platform has no deployment of release 1 any more\./,
  ],
  [
    "the app was moved to another database since",
    () => {
      const databases = [{ name: "postgres", engine: "PG", cluster_name: "mam-production-old" }];
      const spec = { ...first.spec!, databases };
      world.platform.deployments = [{ ...first, spec }];
    },
    undefined,
    /first: it used the database mam-production-old, and the app was moved to mam-production-postgres since: .*gone for them\nThrough the release file it still works: mam rollback production$/,
  ],
  [
    "an image is named by a tag",
    () => {
      const id = "3d3f0c5e-9a55-4c0e-8a53-4a1d5a1c7b12";
      world.platform.deployments = [{ ...first, id, spec: { name: "app" } }];
    },
    "3d3f0c5e-9a55-4c0e-8a53-4a1d5a1c7b12",
    /it names an image by a tag, and nobody knows what that stands for now/,
  ],
  [
    "nobody knows the name",
    () => undefined,
    "20261101-000000-0000",
    /^There is no release 20261101-000000-0000 in the ledger that ran\.\nLeave it out/,
  ],
  [
    "there is no app",
    () => {
      world.platform.observed = { ...world.platform.observed, app: undefined };
    },
    undefined,
    /^production has no app yet, so there is nothing to roll back\.$/,
  ],
  [
    "the app is pinned to images that are named by tags",
    () => {
      changeApp(world.platform, { pinned_deployment: { id: "tagged", spec: { name: "app" } } });
    },
    undefined,
    /^deployment tagged names images by tags$/,
  ],
])("nothing is changed when %s", async (_, arrange, release, says) => {
  arrange();

  await expect(goBack(release)).rejects.toThrow(says);
  expect(effectsOf(world).filter((line) => line !== "DigitalOcean validateRollback")).toEqual([]);
});

test("of several deployments of a release the one that the ledger has is taken", async () => {
  const earlier = { ...first, id: "earlier" };
  world.platform.deployments = [earlier, ...world.platform.deployments];
  await goBack("1");

  expect(released()).toEqual(good.release.images);
});

describe("where machines with a card make previews", () => {
  const asked = { size: "gpu-4000adax1-20gb", count: 2, reason: "Films of the archive." };
  const withMachines = (environment: Environment): Environment => {
    const { config } = environment;
    const worker = { ...config.services.worker, gpu: asked };
    return { ...environment, config: { ...config, services: { ...config.services, worker } } };
  };
  const alert = { resource_changes: [resourceChange("digitalocean_monitor_alert.a", ["create"])] };

  beforeEach(() => {
    const environment = withMachines(bad);
    Object.assign(world.session, { environment });
    hasState(world, "gpu", gpuStateOf(withMachines(good)));
    world.terraform.plans("production-gpu", alert);
  });

  /** State of storage with an active key of each role. */
  const keys = {
    resources: serviceRoleNames.map((role) => ({
      ...{ mode: "managed", type: "aws_iam_access_key", name: `${role}_key_a` },
      instances: [{ attributes: { user: `mam-production-${role}`, id: role, secret: "s" } }],
    })),
  };

  test("they are taken along once the app is back, and whoever confirms it is told", async () => {
    hasState(world, "storage", keys);
    hasState(world, "gpu", gpuStateOf(withMachines(good), "transcoder"));
    await goBack();

    expect(said.join("")).toContain(
      "Its 2 machines with a card are brought to it once the app is back, one after the other.\n",
    );
    expect(effectsOf(world)).toEqual([
      ...whole.slice(0, 6),
      "terraform plan production-gpu",
      "terraform apply production-gpu",
      "verifying",
      "ledger: succeeded",
      "ledger: rolled back",
    ]);
  });

  test("where that fails the app is back all the same, and the line that goes on is said", async () => {
    world.terraform.fails("production-gpu", "plan", "Size is not available in this region.");
    const { findings, text } = await goBack();

    expect(findings).toContainEqual({
      id: "machines-taken-along",
      severity: "warning",
      resource: "machines with a card of production",
      expected: "the images that were gone back to",
      found: expect.stringContaining("Size is not available in this region.") as unknown,
      fix: "mam deploy production",
    });
    expect(text).toContain("production: deployment back runs, committed, and nothing is pinned.");
  });

  test("a machine that stands is what the release was that is gone back to, or it is replaced", async () => {
    hasState(world, "gpu", gpuStateOf(withMachines(bad)));
    const { findings } = await goBack();

    // The world has no state of storage, whose key a new machine would work with.
    expect(findings).toContainEqual(
      expect.objectContaining({
        id: "machines-taken-along",
        found: expect.stringContaining("no key of the transcoder") as unknown,
      }),
    );
  });
});
