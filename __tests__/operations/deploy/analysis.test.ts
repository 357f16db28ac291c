import { readRelease } from "../../../operations/release/release-file.ts";
import { settingsOf } from "../../../operations/ledger/settings.ts";
import type { Session } from "../../../operations/context/session.ts";
import { succeed } from "../../support/recorded/platform.ts";
import { type World, effectsOf } from "../../support/recorded/world.ts";
import { virtualTime } from "../analysis/support/time.ts";
import { entryOf } from "../ledger/entries.ts";
import { deploy, deployed, environment, openChangedWorld } from "./support/changed-world.ts";

// A release is watched once it runs and is verified. What turns red is taken back, where somebody asked for that.

const good = entryOf("20261120-100000-0001", {
  images: deployed.release.images,
  settings: settingsOf(deployed),
});

/** Ten minutes that nobody waits for. */
const tenMinutes = () => ({ analysis: { seconds: 600, time: virtualTime() } });

let world: World;

beforeEach(async () => {
  world = openChangedWorld();
  await world.remember(good);
});
afterEach(() => world.close());

/** What the API answers about its error rate; a number is an answer without it. */
type Answer = "met" | "missed" | 502;

/** The world, where the API answers so from a moment on that the journal has. */
function answering(before: Answer, after: Answer, moment = "verifying", pages = 200): World {
  let now = before;
  world.journal.after(moment, () => {
    now = after;
  });
  const { session } = world;
  const internet = session.clients.internet();
  const read = (address: string) => {
    const answer = address.includes("/api/") ? now : "met";
    const status = answer === 502 ? 502 : answer === "met" ? pages : 503;
    return Promise.resolve({
      status,
      location: undefined,
      body: answer === 502 ? "" : said(answer),
    });
  };
  const watching: Session = {
    ...session,
    clients: { ...session.clients, internet: () => ({ ...internet, read }) },
  };
  return { ...world, session: watching };
}

function said(answer: "met" | "missed"): string {
  const met = answer === "met";
  const value = met ? 0.2 : 5.2;
  const objective = { name: "error-rate", value, threshold: 1, unit: "percent", met };
  return JSON.stringify({ objectives: [objective], instances: "all" });
}

const results = () => world.entries().map(({ kind, result }) => `${kind} ${result}`);

/** The old images run again as soon as they are applied. */
const lettingBack = () => {
  world.journal.after("ledger: failed", () => {
    world.journal.after("terraform apply production-app", () => {
      succeed(world.platform, deployed, "back");
    });
  });
};

test("a release whose levels hold is kept, and it is recorded how long it was watched", async () => {
  const result = await deploy(answering("met", "met"), {
    ...tenMinutes(),
    rollbackOnFailure: true,
  });

  expect(result).toMatchObject({
    ok: true,
    entry: { result: "succeeded", analysis: { outcome: "kept", red: [], unread: [] } },
  });
  expect(result.entry?.analysis?.seconds).toBe(600);
  expect(result.entry?.analysis?.unasked).toEqual([
    expect.stringMatching(/^Insights is switched off/),
  ]);
  expect(result.text).toMatch(/watched for 10 minutes: every level held\n/);
  expect(results()).toEqual(["deployment succeeded", "deployment succeeded"]);
});

test("one that turns red is taken back, and both are recorded and told, with the value", async () => {
  lettingBack();
  const watching = answering("met", "missed");
  const { config } = watching.session.environment;
  const afterDeployment = { webhookVariable: "HOOK_URL", onlyFailures: false };
  const alerting = { ...config.alerting, afterDeployment };
  const session = {
    ...watching.session,
    environment: { ...watching.session.environment, config: { ...config, alerting } },
    variables: { ...watching.session.variables, HOOK_URL: "https://hooks.example.com/x" },
  };
  const result = await deploy(
    { ...watching, session },
    { ...tenMinutes(), rollbackOnFailure: true },
  );

  expect(result).toMatchObject({
    ok: false,
    entry: {
      result: "rolled back",
      reason: expect.stringMatching(/turned red after [^:]+: api error-rate: 5\.2 %, at most 1 %/),
      verified: { failed: 0 },
      analysis: {
        outcome: "turned red",
        red: [{ name: "api error-rate", observed: 5.2, threshold: 1, unit: "percent" }],
      },
    },
  });
  expect(results()).toEqual([
    "deployment succeeded",
    "deployment rolled back",
    "rollback succeeded",
  ]);
  expect(world.entries().at(-1)?.analysis).toBeUndefined();
  expect(effectsOf(world).filter((line) => line.startsWith("tells"))).toEqual([
    "tells: deployment failed",
    "tells: rollback succeeded",
  ]);
  expect(readRelease(world.session).images).toEqual(deployed.release.images);
  expect(result.text).toMatch(/Going back to the images of release 20261120-100000-0001/);
});

test("without --rollback-on-failure it stays, and what to type is said", async () => {
  const result = await deploy(answering("met", "missed"), tenMinutes());

  expect(result).toMatchObject({ ok: false, entry: { result: "failed" } });
  expect(result.text).toMatch(/a level turned red\n {2}red: api error-rate: 5\.2 %, at most 1 %\n/);
  expect(result.text).toContain("mam rollback production");
  expect(readRelease(world.session).images).toEqual(environment.release.images);
});

test("what was red before the release is not held against it, and is said", async () => {
  const watching = answering("missed", "missed");
  const result = await deploy(watching, { ...tenMinutes(), rollbackOnFailure: true });

  expect(result).toMatchObject({
    ok: true,
    entry: { result: "succeeded", analysis: { outcome: "kept", before: ["api error-rate"] } },
  });
  expect(result.text).toContain("red before the release already, and not held against it: api");
});

test("what cannot be read is not kept, and not taken back", async () => {
  const result = await deploy(answering("met", 502), { ...tenMinutes(), rollbackOnFailure: true });

  expect(result).toMatchObject({
    ok: false,
    entry: { result: "failed", analysis: { outcome: "not known" } },
  });
  expect(result.text).toMatch(/not read: api, at \d+ of \d+ looks: answers 502/);
  expect(result.text).toMatch(
    /Look yourself: mam status production\nWatch it again: mam deploy production --analyse 10m\n$/,
  );
  expect(readRelease(world.session).images).toEqual(environment.release.images);
});

test("an interruption leaves the release as it is, and says so", async () => {
  const watching = answering("met", "met");
  world.journal.after("watching it for 10 minutes", world.interrupt);
  const result = await deploy(watching, {
    analysis: { seconds: 600 },
    rollbackOnFailure: true,
  });

  expect(result).toMatchObject({
    ok: true,
    entry: { result: "succeeded", analysis: { outcome: "interrupted" } },
  });
  expect(result.text).toMatch(/broken off; the release stays as it is\n/);
  expect(results()).toEqual(["deployment succeeded", "deployment succeeded"]);
});
