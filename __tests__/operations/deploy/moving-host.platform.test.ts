import { confirmed, silent } from "../../support/deploying.ts";
import { plainProgress } from "../../../operations/context/progress.ts";
import { deployEnvironment } from "../../../operations/deploy/deploy.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";
import { withConfig } from "../doctor/support/breakage.ts";

// A host that moves, of one environment: each test begins where the one before it ended.

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openDeployedPlatform();
});
afterAll(() => platform.end());

const zone = "staging.northlight.example";
const [before, after] = [`https://mam.${zone}`, `https://new.${zone}`];

/** A session of the environment whose app moves to another host. */
const moved = () =>
  withConfig(platform.session(), ({ domain }) => {
    domain.appHost = `new.${zone}`;
  });

/** Origins that the bucket of uploads, and that of previews, let in. */
const allowed = () =>
  ["staging", "previews"].map((tier) =>
    platform.cloud.wasabi.store.buckets
      .get(`northlight-mam-${tier === "staging" ? "staging-staging" : "staging-previews"}`)!
      .cors!.flatMap(({ AllowedOrigin }) => AllowedOrigin),
  );

test("an app that does not get to its new host keeps its pages' uploads: storage lets both hosts in", async () => {
  const said: string[] = [];
  const confirm = (text: string) => Promise.resolve(said.push(text) > 0);
  platform.cloud.digitalOcean.failNextDeployment("health-check");
  const result = await deployEnvironment(moved(), { ...confirmed, confirm }, silent);

  expect(result.entry).toMatchObject({
    result: "failed",
    stacks: { storage: { outcome: "applied" } },
  });
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(
    `afterwards, once the app has moved\n  the buckets let ${before} in no more\n`,
  );
  for (const origins of allowed()) expect(origins.toSorted()).toEqual([before, after]);
});

test("once the app has moved, the same deployment takes the old host from storage", async () => {
  const seen: string[] = [];
  const progress = plainProgress((text) => {
    if (text.startsWith("waiting for the release")) seen.push(...allowed().flat());
  });
  const result = await deployEnvironment(moved(), confirmed, progress);

  expect(new Set(seen)).toEqual(new Set([before, after]));
  expect(result.text).toContain("runs, and is verified");
  expect(allowed()).toEqual([[after], [after]]);
});

test("with nothing changed storage is not planned, and nobody is asked", async () => {
  const never = () => Promise.reject(new Error("somebody was asked"));
  const result = await deployEnvironment(moved(), { ...confirmed, confirm: never }, silent);

  expect(result.entry).toMatchObject({
    result: "succeeded",
    stacks: { storage: { outcome: "not planned" }, app: { outcome: "unchanged" } },
  });
});
