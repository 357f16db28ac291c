import { randomUUID } from "node:crypto";

import { messageOf } from "@mam-infra/clients/message";

import { catalogue } from "../../../packages/cloud/src/digitalocean/insights/metrics/catalogue.ts";
import { metrics } from "../../../monitoring/metrics.ts";
import { panelGroups } from "../../../monitoring/panels/all.ts";
import { askWatched } from "../../../operations/dashboard/watched.ts";
import { sendChanges } from "../../../operations/dashboard/apply.ts";
import { type InsightsPlan, planInsights } from "../../../operations/dashboard/plan.ts";
import { planRemoval } from "../../../operations/dashboard/remove.ts";
import type { Session } from "../../../operations/context/session.ts";
import { dashboardByHand } from "../../../rehearsal/scenarios/mam/by-hand.ts";
import { changed, checked } from "../../support/environments.ts";
import { staging } from "../../../environments/staging.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";

let platform: TestPlatform;
let mend: () => void;

/** What stands on Insights, as plain data that a test may change. */
const standing = () => platform.cloud.digitalOcean.store.insights;

beforeAll(async () => {
  platform = await openDeployedPlatform();
  const lists = ["dashboards", "rules", "channels"] as const;
  const { knobs } = standing();
  const kept = structuredClone(knobs);
  mend = () => {
    Object.assign(knobs, structuredClone(kept));
    for (const list of lists) standing()[list].splice(0, Infinity);
  };
});

afterEach(() => {
  mend();
});

afterAll(() => platform.end());

/** The cloud's time: it runs faster than ours. */
const now = () => platform.cloud.clock.now();
const look = (session: Session = platform.session()) => planInsights(session, now());

type Planned = Extract<InsightsPlan, { readonly state: "planned" }>;
const planned = async (session?: Session): Promise<Planned> => {
  const plan = await look(session);
  if (plan.state !== "planned") throw new Error(`${plan.state}: ${plan.reason}`);
  return plan;
};
const apply = async (session = platform.session()) => {
  const { changes, channelId } = await planned(session);
  await sendChanges(session, changes, channelId, () => undefined);
  return changes;
};
const actions = (changes: Planned["changes"]) =>
  changes.map(({ action, what, name }) => `${action} ${what} ${name}`);

/** What somebody else made: a dashboard, a channel, and a rule that tells it. */
async function strangers(name = "somebody's"): Promise<void> {
  const api = platform.session().clients.digitalOcean();
  await api.call("createInsightsDashboard", {}, { body: { spec: dashboardByHand(name) } });
  const { notification_channel: channel } = await api.call(
    "createInsightsNotificationChannel",
    {},
    { body: { name: "people", email: { to: "on-call@northlight.example" } } },
  );
  await api.call(
    "createInsightsAlertRule",
    {},
    {
      body: {
        spec: {
          name: "somebody's rule",
          query: { metric: "do.apps.app_cpu_utilization" },
          thresholds: { operator: "THRESHOLD_OPERATOR_GREATER_THAN", critical: 50 },
          notification_channels: [{ notification_channel_id: channel.id }],
        },
      },
    },
  );
}

test("the first apply makes a channel, the rules and the dashboard, and the second writes nothing", async () => {
  expect(actions(await apply())).toEqual([
    "create notification channel mam staging: on call",
    "create alert rule mam staging: no instance of a service is ready",
    "create alert rule mam staging: the API answers slowly",
    "create alert rule mam staging: the disk of PostgreSQL is nearly full",
    "create alert rule mam staging: the disk of Valkey is nearly full",
    "create dashboard mam staging",
  ]);
  const made = structuredClone(standing());
  expect([made.dashboards.length, made.rules.length, made.channels.length]).toEqual([1, 4, 1]);

  expect(await planned()).toMatchObject({ region: "nyc1", changes: [], problems: [], awaited: [] });
  expect(await apply()).toEqual([]);
  expect(standing().dashboards).toEqual(made.dashboards);
  expect(standing().rules).toEqual(made.rules);
});

test("what was changed in the control panel is seen by its field, and undone", async () => {
  await apply();
  const { dashboards, rules, channels } = standing();
  const document = JSON.parse(dashboards[0]!.spec) as {
    spec: { panels: Record<string, { spec: { display: { name: string } } }> };
  };
  document.spec.panels["services-cpu"]!.spec.display.name = "my CPU";
  dashboards[0]!.spec = JSON.stringify(document);
  rules[0]!.status = "ALERT_RULE_STATUS_PAUSED";
  channels[0]!.config = { email: { to: "me@northlight.example" } };

  const { changes } = await planned();
  expect(changes.flatMap(({ differences }) => differences)).toEqual([
    { field: "email.to", expected: "on-call@northlight.example", found: "me@northlight.example" },
    { field: "status", expected: "active", found: "paused" },
    {
      field: "spec.panels.services-cpu.spec.display.name",
      expected: "CPU of the busiest instance",
      found: "my CPU",
    },
  ]);

  await apply();
  expect((await planned()).changes).toEqual([]);
});

test("what people made is not touched, not by an apply and not by a removal", async () => {
  await strangers();
  const theirs = structuredClone(standing());

  await apply();
  const session = platform.session();
  const removal = await planRemoval(session);
  expect(removal).toHaveLength(6);
  await sendChanges(session, removal, undefined, () => undefined);

  expect(standing().dashboards).toEqual(theirs.dashboards);
  expect(standing().rules).toEqual(theirs.rules);
  expect(standing().channels).toEqual(theirs.channels);
});

test("a dashboard of somebody else that has our name is named with its id, and nothing is sent", async () => {
  await strangers("mam staging");

  const { problems } = await planned();
  expect(problems).toMatchObject([
    {
      resource: "the dashboard mam staging",
      found: expect.stringContaining(standing().dashboards[0]!.uuid),
      fix: expect.stringContaining("rename it"),
    },
  ]);
});

test.each(["links", "pagination"] as const)(
  "lists are read to their end, told by %s",
  async (envelope) => {
    standing().knobs.envelope = envelope;
    await apply();
    const [rule] = standing().rules;
    const many = Array.from({ length: 250 }, (_, index) => ({
      ...structuredClone(rule!),
      id: randomUUID(),
      spec: { ...structuredClone(rule!.spec), name: `somebody's ${index}` },
    }));
    standing().rules.unshift(...many);

    expect((await planned()).changes).toEqual([]);
  },
);

test.each([
  ["forbidden", /refuses the token \(403\).*insights:read/],
  ["not-found", /no Insights \(404\)/],
] as const)(
  "an account whose Insights is %s gets a line that says what to do",
  async (availability, line) => {
    standing().knobs.availability = availability;

    expect(await look()).toEqual({ state: "unavailable", reason: expect.stringMatching(line) });
  },
);

test("a limit of the team is explained in the API's words, and what was made before stays", async () => {
  standing().knobs.dashboardLimit = 0;

  const refused = await apply().catch(messageOf);
  expect(refused).toMatch(/429.*which no waiting ends/);
  expect(standing().rules).toHaveLength(4);

  standing().knobs.dashboardLimit = 50;
  expect(actions(await apply())).toEqual(["create dashboard mam staging"]);
});

test("a young app has no metrics yet, which is said and is no problem", async () => {
  standing().knobs.silentSeconds = 1e9;

  const { awaited, problems } = await planned();
  expect(awaited).toContain("do.apps.app_replicas_ready");
  expect(problems).toEqual([]);
});

/** Lets the whole platform be two days old: what such a one does not send never comes. */
function age(): void {
  const days = 2 * 86_400_000;
  const earlier = (time: string) => new Date(Date.parse(time) - days).toISOString();
  const { apps, databases } = platform.cloud.digitalOcean.store;
  for (const app of apps) {
    Object.assign(app, { created_at: earlier(app.created_at) });
    for (const one of app.instances) Object.assign(one, { started: one.started - days });
  }
  for (const cluster of databases)
    Object.assign(cluster, { created_at: earlier(cluster.created_at) });
}

/** Requests that changed something on Insights so far. */
const writes = () =>
  platform.cloud.requestLog
    .entries()
    .filter(({ method, path }) => method !== "GET" && path.startsWith("/v2/insights/"));

test("a metric that nobody sends any more is refused by name, and nothing is sent", async () => {
  age();
  expect((await planned()).problems).toEqual([]);
  standing().knobs.unknownMetrics = ["do.apps.app_request_duration_p95"];
  const before = writes().length;
  const { exitCode, output } = await platform.context.mam.run("dashboard", "apply");

  expect(exitCode).toBe(1);
  expect(output).toContain(
    'the metric do.apps.app_request_duration_p95 of the alert rule "mam staging: the API answers slowly"',
  );
  expect(writes()).toHaveLength(before);
  expect(standing()).toMatchObject({ dashboards: [], rules: [], channels: [] });
});

test("a name that somebody takes between the look and the write is explained, and nothing of theirs is touched", async () => {
  const { changes, channelId } = await planned();
  await strangers("mam staging");
  const theirs = structuredClone(standing().dashboards);
  const sent = sendChanges(platform.session(), changes, channelId, () => undefined);

  const refused = await sent.then(() => "nothing", messageOf);
  expect(refused).toMatch(/409/);
  expect(refused).toContain("mam staging");
  expect(standing().dashboards).toEqual(theirs);

  expect((await planned()).problems).toMatchObject([
    { resource: "the dashboard mam staging", fix: expect.stringContaining("rename it") },
  ]);
  standing().dashboards.splice(0);
  expect(actions(await apply())).toEqual(["create dashboard mam staging"]);
});

test("metrics are looked for in the datacentres behind the region, and one without Insights is passed over", async () => {
  standing().knobs.unservedRegions = ["nyc1"];

  expect(await planned()).toMatchObject({ region: "nyc3", problems: [] });

  standing().knobs.unservedRegions = ["nyc1", "nyc3"];
  expect(await look()).toEqual({
    state: "unavailable",
    reason:
      "Insights has no data of nyc1 or nyc3: name the datacentre in monitoring.insights.region",
  });
});

/** A session whose environment says something else. */
const configured = (change: Parameters<typeof changed>[0]): Session => {
  const session = platform.session();
  const config = checked(changed(change, staging));
  return { ...session, environment: { ...session.environment, config } };
};

test("an environment that switched Insights off is not asked about, and says why", async () => {
  const disabledReason = "Accepted until the team has decided on its logs.";
  const session = configured((draft) => {
    draft.monitoring = { insights: { enabled: false, disabledReason } };
  });

  expect(await look(session)).toEqual({ state: "off", reason: disabledReason });
});

test("an environment that becomes muted loses its rules and their channel, and keeps its dashboard", async () => {
  await apply();
  await apply(
    configured((draft) => {
      draft.alerting = { mutedReason: "Accepted for the length of this test run." };
    }),
  );

  expect(standing()).toMatchObject({ rules: [], channels: [] });
  expect(standing().dashboards).toHaveLength(1);
});

test("a change of a threshold changes the rule and the line that is drawn for it", async () => {
  await apply();
  const { changes } = await planned(
    configured((draft) => {
      draft.monitoring = { objectives: { apiP95Milliseconds: 500 } };
    }),
  );

  expect(actions(changes)).toEqual([
    "update alert rule mam staging: the API answers slowly",
    "update dashboard mam staging",
  ]);
});

test("every line of every chart has data on a platform that runs", async () => {
  await platform.cloud.clock.sleep(1800);
  const session = platform.session();
  const { watched } = (await askWatched(session))!;
  const panels = panelGroups(session.environment.config, watched).flatMap((group) => group.panels);
  const api = session.clients.digitalOcean();
  const time = Math.floor(now().getTime() / 1000);
  const asked = panels.flatMap(({ key, queries }) =>
    queries.map(async ({ query: { text } }) => {
      const query = { query: text, time };
      const { data } = await api.call("queryInsights", { region: "nyc1" }, { query });
      return data.result.length > 0 ? [] : [key];
    }),
  );

  expect((await Promise.all(asked)).flat()).toEqual([]);
});

test("every metric is one that the played catalogue has, and of the same kind", () => {
  const played = new Map(catalogue.map((metric) => [metric.name, metric.kind]));
  const ours = Object.entries(metrics).map(([name, { kind }]) => [name, kind]);

  expect(ours).toEqual(ours.map(([name = ""]) => [name, played.get(name)]));
});
