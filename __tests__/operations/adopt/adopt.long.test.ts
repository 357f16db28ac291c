import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { adoptAgain } from "../../../operations/adopt/again.ts";
import { adopt } from "../../../operations/adopt/adopt.ts";
import { deployEnvironment } from "../../../operations/deploy/deploy.ts";
import { planEnvironment } from "../../../operations/review/plan.ts";
import { shapes } from "../../../rehearsal/scenarios/adoption/shapes.ts";
import { confirmed, silent } from "../../support/deploying.ts";
import { adoptionOf, sealedEnvironment, writtenEnvironment } from "./support/adopting.ts";
import { type HandMadePlatform, openHandMade } from "./support/by-hand.ts";

const planning = { all: false, markdown: false, detailedExitcode: false, override: [] };

/** What may go of each shape, for the reason that the test gives; of the others nothing goes. */
const losses: Readonly<Record<string, readonly string[]>> = {
  press: ["the host press.example"],
  gallery: ["the route / of api"],
  kiosk: ["the component api", "the component site"],
};

/** Hosts that only a person can give up, and pools that only a person may delete. */
const passing = { rule: "adopted-lost", reason: "it is redirected from now on" };

/** Ids of everything that must not be made anew. */
async function standing({ context: { api } }: HandMadePlatform) {
  const [{ apps }, { databases }, { vpcs }] = await Promise.all([
    api.call("listApps", {}),
    api.call("listDatabases", {}),
    api.call("listVpcs", {}),
  ]);
  return [...(apps ?? []), ...(databases ?? []), ...(vpcs ?? [])].map(({ id }) => id);
}

/** IAM is asked by POST, whatever it is asked. */
const isWrite = ({ method, action = "" }: { readonly method: string; readonly action?: string }) =>
  method !== "GET" && method !== "HEAD" && !/^iam:(Get|List)/.test(action);

/** A whole bucket: what mam verify tries in one is no bucket. */
const buckets = /^\/(?!v2)[^/]+\/?$/;

/** What was deleted since a moment, as the platforms saw it. */
const deleted = ({ cloud }: HandMadePlatform, since: number) =>
  cloud.requestLog
    .entries()
    .slice(since)
    .filter(({ method }) => method === "DELETE")
    .map(({ path }) => path)
    // A tag that is taken off something deletes nothing.
    .filter(
      (path) => /^\/v2\/(?!insights\/|tags\/\w+\/resources)/.test(path) || buckets.test(path),
    );

test.each(shapes.map((shape) => [shape.title, shape] as const))(
  "%s: taken over as it stands, and then no plan changes anything",
  async (_, shape) => {
    const platform = await openHandMade(shape);
    const { session, project, cloud } = platform;
    const before = await standing(platform);
    const asked = cloud.requestLog.entries().length;
    const outcome = await adopt(session, adoptionOf(shape), silent);

    expect(outcome).toMatchObject({ ok: true });
    expect(cloud.requestLog.entries().slice(asked).filter(isWrite)).toEqual([]);

    const environment = await writtenEnvironment(project, session.releases, shape.name);
    const deployer = await platform.adopted(environment);
    const since = cloud.requestLog.entries().length;
    const refused = losses[shape.name] ?? [];
    if (refused.length > 0) {
      const { ok, text } = await deployEnvironment(deployer, confirmed, silent);
      expect(ok).toBe(false);
      for (const loss of refused) expect(text).toContain(`${loss} of`);
    }
    const options = { ...confirmed, overrides: refused.length > 0 ? [passing] : [] };
    const { text } = await deployEnvironment(deployer, options, silent);
    expect(text).toMatch(/runs, and is verified|the release runs/);
    expect(await standing(platform)).toEqual(expect.arrayContaining(before));
    expect(deleted(platform, since)).toEqual([]);

    const sealed = { ...deployer, environment: sealedEnvironment(environment, session.releases) };
    const again = await planEnvironment(sealed, planning, silent);
    expect(again.text).toContain(`${shape.name}: no changes.`);

    const file = join(session.releases, `${shape.name}.imports.json`);
    expect(existsSync(file)).toBe(true);
    await adoptAgain(sealed, { dryRun: false }, silent);
    expect(existsSync(file)).toBe(false);
    expect([...cloud.findings(), ...platform.providers.findings()]).toEqual([]);
    await platform.end();
  },
);

test("a dry run writes no file, and shows the one that it would write", async () => {
  const [shape] = shapes;
  const platform = await openHandMade(shape!);
  const { session, project } = platform;
  const index = readFileSync(join(project, "environments/index.ts"), "utf8");
  const { text } = await adopt(session, adoptionOf(shape!, true), silent);

  expect(text).toContain("export const corner: EnvironmentInput = {");
  expect(existsSync(join(project, "environments/corner.ts"))).toBe(false);
  expect(existsSync(join(session.releases, "corner.imports.json"))).toBe(false);
  expect(readFileSync(join(project, "environments/index.ts"), "utf8")).toBe(index);
  await platform.end();
});
