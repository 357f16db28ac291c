import { applyInsights } from "../../../operations/deploy/insights.ts";
import type { Session } from "../../../operations/context/session.ts";
import { silent } from "../../support/deploying.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openDeployedPlatform();
});

afterAll(() => platform.end());

const warning = {
  id: "insights",
  severity: "warning",
  resource: "the dashboard and the alert rules on Insights",
  fix: "`mam dashboard staging apply`",
};

test("a deployment makes the dashboard and the rules, and a second one writes nothing", async () => {
  const { insights } = platform.cloud.digitalOcean.store;

  expect(await applyInsights(platform.session(), silent)).toEqual([]);
  const made = structuredClone([insights.dashboards, insights.rules, insights.channels]);
  expect(made.map((list) => list.length)).toEqual([1, 4, 1]);

  expect(await applyInsights(platform.session(), silent)).toEqual([]);
  expect([insights.dashboards, insights.rules, insights.channels]).toEqual(made);
});

test("an account without Insights is a warning with the line that does it again", async () => {
  const { knobs } = platform.cloud.digitalOcean.insights;
  knobs.availability = "not-found";
  const findings = await applyInsights(platform.session(), silent);
  knobs.availability = "available";

  expect(findings).toEqual([expect.objectContaining(warning)]);
});

test("an API that fails is a warning, and no failure of a release that runs", async () => {
  const session = platform.session();
  const clients: Session["clients"] = {
    ...session.clients,
    digitalOcean: () => {
      throw new Error("no answer");
    },
  };

  expect(await applyInsights({ ...session, clients }, silent)).toEqual([
    expect.objectContaining({ ...warning, found: "no answer" }),
  ]);
});

test("an interruption is not taken for a failure of Insights", async () => {
  const session = { ...platform.session(), interruption: AbortSignal.abort() };
  const { insights } = platform.cloud.digitalOcean.store;
  insights.dashboards.splice(0);

  await expect(applyInsights(session, silent)).rejects.toThrow("Insights was not changed");
  expect(insights.dashboards).toEqual([]);
});
