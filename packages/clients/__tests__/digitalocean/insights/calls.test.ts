import { clientOf, closeClients } from "../../support/client.ts";

afterEach(closeClients);

const document = { kind: "Dashboard", spec: { display: { name: "mam production" } } };
const dashboard = { uuid: "u", name: "mam production", spec: JSON.stringify(document) };

test("a dashboard is sent as one key with its document as text, and comes back as text", async () => {
  const { api, client } = await clientOf(() => ({ status: 200, body: { dashboard } }));

  const body = { spec: JSON.stringify(document) };
  const answer = await client.call("createInsightsDashboard", {}, { body });

  expect(JSON.parse(api.seen[0]?.body ?? "")).toEqual({ spec: JSON.stringify(document) });
  expect(answer.dashboard.spec).toBe(dashboard.spec);
});

test("a dashboard is not sent with a second key", async () => {
  const { api, client } = await clientOf(() => ({ status: 200, body: { dashboard } }));
  const body = { spec: "{}", name: "mam production" };

  await expect(client.call("createInsightsDashboard", {}, { body })).rejects.toThrow(/name/);
  expect(api.seen).toEqual([]);
});

test("a deleted dashboard is answered with 200 and an empty object", async () => {
  const { client } = await clientOf(() => ({ status: 200, body: {} }));

  await expect(client.call("deleteInsightsDashboard", { dashboard_uuid: "u" })).resolves.toEqual(
    {},
  );
});

test("a URN keeps its colons in the path, and nothing else that would end a segment", async () => {
  const resource = { resource_urn: "do:app:a", product_type: "app" };
  const { api, client } = await clientOf(() => ({ status: 200, body: { resource } }));

  await client.call("getInsightsResource", { resource_urn: "do:app:a/with space" });

  expect(api.seen[0]?.path).toBe("/v2/insights/resources/do:app:a%2Fwith%20space");
});

test("a parameter with several values is sent several times", async () => {
  const { api, client } = await clientOf(() => ({
    status: 200,
    body: { status: "success", data: [{ __name__: "up" }] },
  }));

  const query = { "match[]": ["up", "down"], start: 1, end: 2 };
  await client.call("listInsightsSeries", { region: "nyc3" }, { query });

  const { searchParams } = new URL(api.seen[0]?.path ?? "", "http://x");
  expect(searchParams.getAll("match[]")).toEqual(["up", "down"]);
});

test.each([
  ["vector", { resultType: "vector", result: [{ metric: { a: "b" }, value: [1.5, "NaN"] }] }],
  ["matrix", { resultType: "matrix", result: [{ metric: {}, values: [[1, "2"]] }] }],
  ["scalar", { resultType: "scalar", result: [1, "2"] }],
])("a query that answers a %s is read", async (_, data) => {
  const { client } = await clientOf(() => ({ status: 200, body: { status: "success", data } }));
  const query = { query: "x" };

  const answer = await client.call("queryInsights", { region: "nyc3" }, { query });

  expect(answer.data).toEqual(data);
});

test("a rule with an owner and enums of either spelling is read, and unknown fields are kept", async () => {
  const rule = {
    id: "r",
    owner_id: 7,
    status: "active",
    spec: {
      name: "mam production: CPU",
      query: { metric: "do.apps.app_cpu_utilization" },
      condition: { window: "EVALUATION_WINDOW_5M" },
      thresholds: { operator: "greater_than", critical: 90 },
    },
  };
  const { client } = await clientOf(() => ({ status: 200, body: { alert_rule: rule } }));

  const answer = await client.call("getInsightsAlertRule", { alert_rule_id: "r" });

  expect(answer.alert_rule).toEqual(rule);
});
