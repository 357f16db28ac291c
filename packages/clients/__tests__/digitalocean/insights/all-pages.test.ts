import { allOfInsights } from "../../../src/digitalocean/insights/index.ts";
import { clientOf, closeClients } from "../../support/client.ts";
import type { Seen } from "../../support/http-double.ts";

afterEach(closeClients);

const dashboard = (name: string) => ({ uuid: name, name, spec: "{}" });
const instance = (id: string) => ({
  id,
  rule_id: "r",
  severity: "critical",
  status: "active",
  triggered_at: "2026-11-28T10:00:00Z",
});
const parametersOf = ({ path }: Seen) =>
  Object.fromEntries(new URL(path, "http://x").searchParams.entries());

test("pages counted by `pagination` are all read, with dotted parameters", async () => {
  const { api, client } = await clientOf((_, count) => ({
    status: 200,
    body: { dashboards: [dashboard(`d${count}`)], pagination: { page: count, pages: 3, total: 3 } },
  }));

  const all = await allOfInsights(client, "listInsightsDashboards");

  expect(all.map(({ name }) => name)).toEqual(["d1", "d2", "d3"]);
  expect(api.seen.map(parametersOf)).toEqual(
    ["1", "2", "3"].map((page) => ({ "pagination.page": page, "pagination.per_page": "200" })),
  );
});

test("pages counted by `links` are all read, with plain parameters and what else was asked", async () => {
  const { api, client } = await clientOf((_, count) => ({
    status: 200,
    body: {
      alert_instances: [instance(`i${count}`)],
      links: count < 3 ? { pages: { next: "https://elsewhere" } } : {},
      meta: { total: 3 },
    },
  }));

  const all = await allOfInsights(client, "listInsightsAlertInstances", { status: "active" });

  expect(all.map(({ id }) => id)).toEqual(["i1", "i2", "i3"]);
  expect(api.seen.map(parametersOf)).toEqual(
    ["1", "2", "3"].map((page) => ({ page, per_page: "200", status: "active" })),
  );
});

test.each(["listInsightsDashboards", "listInsightsResources", "listInsightsAlertRules"] as const)(
  "%s is empty when its key, pages and total are left out",
  async (name) => {
    const { api, client } = await clientOf(() => ({
      status: 200,
      body: { pagination: { page: 1, per_page: 200 } },
    }));

    await expect(allOfInsights(client, name)).resolves.toEqual([]);
    expect(api.seen).toHaveLength(1);
  },
);

test("an answer without an envelope is the whole list", async () => {
  const { client } = await clientOf(() => ({
    status: 200,
    body: { notification_channels: [{ id: "c", name: "n" }] },
  }));

  await expect(allOfInsights(client, "listInsightsNotificationChannels")).resolves.toHaveLength(1);
});

test("a list that always promises more ends at the first page without items", async () => {
  const { api, client } = await clientOf((_, count) => ({
    status: 200,
    body: {
      ...(count < 3 ? { dashboards: [dashboard(`d${count}`)] } : {}),
      links: { pages: { next: "https://elsewhere" } },
    },
  }));

  await expect(allOfInsights(client, "listInsightsDashboards")).resolves.toHaveLength(2);
  expect(api.seen).toHaveLength(3);
});
