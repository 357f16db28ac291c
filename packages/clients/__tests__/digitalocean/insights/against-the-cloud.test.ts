import { type Cloud, startCloud } from "@mam-infra/cloud";

import { createDigitalOcean, type DigitalOcean } from "../../../src/digitalocean.ts";
import {
  allOfInsights,
  insightsWord,
  metricNames,
  secretsOfChannel,
} from "../../../src/digitalocean/insights/index.ts";
import { refusalOf } from "../../support/client.ts";

let cloud: Cloud;
let client: DigitalOcean;
beforeEach(async () => {
  cloud = await startCloud({
    digitalOcean: {
      tokens: [{ value: "full", scopes: "full" }],
      members: ["owner@example.com"],
      registry: {},
    },
    wasabi: {
      accountId: "100000000001",
      rootAccessKey: { accessKeyId: "ROOT", secretAccessKey: "root-secret" },
      region: "eu-central-2",
    },
    spaces: { accessKeys: [], buckets: [] },
  });
  client = createDigitalOcean({
    endpoint: cloud.endpoints.digitalOcean,
    token: "full",
    userAgent: "mam-infra/test",
    sleep: (seconds) => cloud.clock.sleep(seconds),
  });
});
afterEach(async () => {
  await client.close();
  await cloud.close();
});

const document = (name: string) =>
  JSON.stringify({
    kind: "Dashboard",
    spec: { display: { name }, duration: "1h", layouts: [], panels: {} },
  });

const createDashboard = (name: string) =>
  client.call("createInsightsDashboard", {}, { body: { spec: document(name) } });

async function aRule() {
  const email = { to: "owner@example.com" };
  const { notification_channel: channel } = await client.call(
    "createInsightsNotificationChannel",
    {},
    { body: { name: "mam production: people", email } },
  );
  const spec = {
    name: "mam production: CPU",
    query: { metric: "do.databases.cpu_utilization" },
    thresholds: { operator: "THRESHOLD_OPERATOR_GREATER_THAN", warning: 1 },
    notification_channels: [{ notification_channel_id: channel.id }],
  };
  const { alert_rule: rule } = await client.call("createInsightsAlertRule", {}, { body: { spec } });
  return { channel, rule, spec };
}

test("a dashboard goes its whole way", async () => {
  const { dashboard } = await createDashboard("mam production");
  const parameters = { dashboard_uuid: dashboard.uuid };
  const body = { spec: document("mam staging") };
  await client.call("replaceInsightsDashboard", parameters, { body });
  const read = await client.call("getInsightsDashboard", parameters);
  await client.call("deleteInsightsDashboard", parameters);

  expect(read.dashboard).toMatchObject({ name: "mam staging", spec: document("mam staging") });
  await expect(allOfInsights(client, "listInsightsDashboards")).resolves.toEqual([]);
  await expect(client.call("getInsightsDashboardSchema", {})).resolves.toHaveProperty("properties");
});

test("a name that is taken and a limit are explained, and neither is waited for", async () => {
  await createDashboard("mam production");
  const taken = await refusalOf(createDashboard("mam production"));
  cloud.digitalOcean.insights.knobs.dashboardLimit = 1;
  const full = await refusalOf(createDashboard("another"));

  expect(taken.message).toMatch(/409 a dashboard named "mam production" already exists; .*unique/);
  expect(full.message).toMatch(/429 a team can have at most 1 dashboards; this is a limit/);
  expect(full.call.attempts).toBe(1);
});

test.each(["links", "pagination"] as const)(
  "all rules are read with the envelope %s",
  async (envelope) => {
    cloud.digitalOcean.insights.knobs.envelope = envelope;
    const { rule, spec } = await aRule();
    const body = { spec: { ...spec, thresholds: { ...spec.thresholds, critical: 2 } } };
    await client.call("updateInsightsAlertRule", { alert_rule_id: rule.id }, { body });

    const all = await allOfInsights(client, "listInsightsAlertRules");
    expect(all).toMatchObject([{ id: rule.id, spec: { thresholds: { critical: 2 } } }]);
  },
);

test.each(["lower", "upper"] as const)("alerts are read in the spelling %s", async (spelling) => {
  cloud.digitalOcean.insights.knobs.spelling = spelling;
  const body = {
    ...{ name: "mam-pg", engine: "pg", version: "17", size: "db-s-1vcpu-2gb" },
    ...{ num_nodes: 1, region: "nyc1" },
  };
  await client.call("createDatabase", {}, { body });
  await cloud.clock.sleep(600);
  await aRule();
  await cloud.clock.sleep(300);
  const [alert] = await allOfInsights(client, "listInsightsAlertInstances");

  expect([alert?.status, alert?.severity].map((word) => insightsWord(word ?? ""))).toEqual([
    "active",
    "warning",
  ]);
});

test.each(["masked", "status"] as const)(
  "a secret that is kept is seen in the shape %s",
  async (masks) => {
    cloud.digitalOcean.insights.knobs.masks = masks;
    const slack = { channel: "#ops", webhook_url: "https://hooks.slack.com/services/secret" };
    const body = { name: "mam production: slack", slack };
    const { notification_channel: channel } = await client.call(
      "createInsightsNotificationChannel",
      {},
      { body },
    );

    expect(secretsOfChannel(channel)).toEqual(["slack.webhook_url"]);
    expect(JSON.stringify(channel)).not.toContain("secret");
  },
);

test("the names of a region are read, and a region without Insights is explained", async () => {
  await expect(metricNames(client, "nyc1", cloud.clock.now())).resolves.toEqual(new Set());
  const { message } = await refusalOf(metricNames(client, "mkc1", cloud.clock.now()));

  expect(message).toContain("404 text/html instead of JSON; Insights does not answer");
});

test("signals are chosen for a URN", async () => {
  const parameters = { resource_urn: "do:app:a" };
  const { message } = await refusalOf(client.call("getInsightsResource", parameters));
  await client.call("updateInsightsSignals", parameters, {
    body: { region: "nyc1", metrics: true },
  });
  const { resource } = await client.call("getInsightsResource", parameters);

  expect(message).toContain("no choice of signals was ever recorded");
  expect(resource).toMatchObject({ region: "nyc1", metrics: { enabled: true } });
});
