import { componentAlerts } from "../../constructs/app/alerts.ts";
import { databaseAlerts } from "../../constructs/monitoring/alert-rules.ts";
import { production } from "../../environments/production.ts";
import { staging } from "../../environments/staging.ts";
import { dashboardDocument } from "../../monitoring/dashboard.ts";
import { markedEnvironment } from "../../monitoring/mark.ts";
import { type MetricName, metrics } from "../../monitoring/metrics.ts";
import { panelGroups } from "../../monitoring/panels/all.ts";
import { gridWidth, pluginKinds } from "../../monitoring/perses.ts";
import { insightsRules } from "../../monitoring/rules.ts";
import { changed, checked, release } from "../support/environments.ts";

const watched = { app: "a1", postgres: "p1", valkey: "v1" };
const environments = [checked(production), checked(staging)];
const documents = environments.map((config) => dashboardDocument(config, watched));
const panels = panelGroups(environments[0]!, watched).flatMap((group) => group.panels);

test.each(documents)("every panel of $spec.display.name stands in the grid once", ({ spec }) => {
  const placed = spec.layouts.flatMap((grid) => grid.spec.items.map(({ content }) => content.$ref));

  expect(placed.toSorted()).toEqual(
    Object.keys(spec.panels)
      .map((key) => `#/spec/panels/${key}`)
      .toSorted(),
  );
});

test.each(documents)("no two panels of $spec.display.name lie on each other", ({ spec }) => {
  for (const { spec: grid } of spec.layouts) {
    const cells = grid.items.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, cell) =>
        [x + (cell % width), y + Math.floor(cell / width)].join(),
      ),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(grid.items.every(({ x, width }) => x + width <= gridWidth)).toBe(true);
  }
});

test("every query asks for one resource of the environment, and for metrics that are known", () => {
  const urns = ["do:app:a1", "do:dbaas:p1", "do:dbaas:v1"];
  for (const { query } of panels.flatMap(({ queries }) => queries)) {
    const selectors = [...query.text.matchAll(/do\.[a-z0-9_.]+(\{[^}]*\})?/g)];
    expect(selectors.length).toBeGreaterThan(0);
    for (const [selector, labels = ""] of selectors) {
      expect(Object.keys(metrics)).toContain(selector.replace(labels, ""));
      expect(urns.map((urn) => `{resource_urn="${urn}"}`)).toContain(labels);
    }
    expect(new Set(query.metrics)).toEqual(
      new Set(selectors.map(([selector, labels = ""]) => selector.replace(labels, ""))),
    );
  }
});

test("every metric of the table is used by a panel or a rule, and its unit is the panel's", () => {
  const used = [
    ...panels.flatMap(({ queries }) => queries.flatMap(({ query }) => query.metrics)),
    ...insightsRules(environments[0]!, watched).map(({ metric }) => metric),
  ];
  expect(new Set(used)).toEqual(new Set(Object.keys(metrics)));

  for (const panel of panels.filter(({ unit }) => unit === "percent")) {
    const gauges = panel.queries
      .flatMap(({ query }): readonly MetricName[] => query.metrics)
      .filter((name) => metrics[name].kind === "gauge");
    expect(gauges.map((name) => metrics[name].unit)).toEqual(gauges.map(() => "percent"));
  }
});

test("a person who has never seen it finds a title and an explanation on every panel", () => {
  const { spec } = documents[0]!;
  const texts = Object.values(spec.panels).map(({ spec: panel }) => panel.display);

  expect(texts.filter(({ name }) => name.length < 10)).toEqual([]);
  expect(texts.filter(({ description }) => description.length < 50)).toEqual([]);
  expect(new Set(texts.map(({ name }) => name)).size).toBe(texts.length);
});

/** Values of an environment that are all different, so that a line at another's value is noticed. */
const distinct = checked(
  changed((draft) => {
    draft.alerting.components = { cpuPercent: 61, memoryPercent: 62, restarts: 7 };
    draft.alerting.database = {
      cpuPercent: 63,
      memoryPercent: 64,
      diskPercent: 65,
      diskCriticalPercent: 66,
      loadPerCpu: 1.5,
    };
    draft.alerting.cache = {
      cpuPercent: 67,
      memoryPercent: 68,
      diskPercent: 69,
      diskCriticalPercent: 70,
      loadPerCpu: 2.5,
    };
    draft.monitoring = { objectives: { apiP95Milliseconds: 450 } };
  }),
);

test("a line is drawn where an alert is sent, and nowhere else", () => {
  const drawn = Object.fromEntries(
    panelGroups(distinct, watched)
      .flatMap((group) => group.panels)
      .filter(({ thresholds }) => thresholds.length > 0)
      .map(({ key, thresholds }) => [key, thresholds.map(({ value }) => value)]),
  );
  const component = (rule: string) =>
    componentAlerts({ config: distinct, release }, "api").find((alert) => alert.rule === rule)!
      .value;
  const cluster = (name: "postgres" | "valkey", id: string) => {
    const { alerting, database, cache } = distinct;
    const [thresholds, size] =
      name === "postgres" ? [alerting.database, database.size] : [alerting.cache, cache.size];
    return databaseAlerts(thresholds, size).find((alert) => alert.id === id)!.value;
  };
  const rules = insightsRules(distinct, watched);
  const rule = (urn: string, metric: MetricName) =>
    rules.find((one) => one.urn === urn && one.metric === metric)!.value;

  expect(drawn).toEqual({
    "services-answer-time": [rule("do:app:a1", "do.apps.app_request_duration_p95")],
    "services-restarts": [component("RESTART_COUNT")],
    "services-cpu": [component("CPU_UTILIZATION")],
    "services-memory": [component("MEM_UTILIZATION")],
    ...Object.fromEntries(
      (["postgres", "valkey"] as const).flatMap((name) => [
        ...["cpu", "memory", "load"].map((id) => [`${name}-${id}`, [cluster(name, id)]] as const),
        [
          `${name}-disk`,
          [
            cluster(name, "disk"),
            rule(`do:dbaas:${name === "postgres" ? "p1" : "v1"}`, "do.databases.disk_utilization"),
          ],
        ] as const,
      ]),
    ),
  });
});

test("the document says whose it is, and its digest changes with what it shows", () => {
  const descriptions = [environments[0]!, distinct].map(
    (config) => dashboardDocument(config, watched).spec.display.description,
  );

  expect(descriptions.map(markedEnvironment)).toEqual(["production", "production"]);
  expect(descriptions[0]).not.toBe(descriptions[1]);
  expect(dashboardDocument(environments[0]!, watched)).toEqual(documents[0]);
});

test.each([
  ["no description", undefined],
  ["a description of somebody else", "How production is."],
  [
    "a mark that is not the last line",
    "managed by mam: production 0123456789ab\nand changed by me",
  ],
  ["a digest that is none", "managed by mam: production 0123"],
])("%s is no mark", (_, description) => {
  expect(markedEnvironment(description)).toBeUndefined();
});

test("the text at the top links to the app, the clusters and where its logs are", () => {
  const { plugin } = documents[0]!.spec.panels["start-here"]!.spec;

  expect(plugin.kind).toBe(pluginKinds.text);
  for (const part of [
    "https://cloud.digitalocean.com/apps/a1",
    "https://cloud.digitalocean.com/databases/p1",
    "https://cloud.digitalocean.com/databases/v1",
    "Better Stack",
    "mam rollback production",
    "`docs/alerts.md`",
  ]) {
    expect(String(plugin.spec.text)).toContain(part);
  }
});

test("an environment that says where its docs are read has a link to them", () => {
  const config = checked(
    changed((draft) => {
      draft.monitoring = { insights: { docsUrl: "https://git.northlight.example/docs/" } };
    }),
  );
  const { plugin } = dashboardDocument(config, watched).spec.panels["start-here"]!.spec;

  expect(plugin.spec.text).toContain("(https://git.northlight.example/docs/alerts.md)");
});

test("an environment that tells nobody has no rules, and its dashboard says so", () => {
  const muted = checked(
    changed((draft) => {
      draft.alerting.recipients = [];
      draft.alerting.mutedReason = "Accepted for the length of this test run.";
    }),
  );
  const { plugin } = dashboardDocument(muted, watched).spec.panels["start-here"]!.spec;

  expect(insightsRules(muted, watched)).toEqual([]);
  expect(plugin.spec.text).toContain("muted");
});

test("rules about the app sleep while the maintenance page is shown, and those of the clusters do not", () => {
  const maintained = checked(
    changed((draft) => {
      draft.services.maintenancePage = { enabled: true };
    }),
  );
  const paused = (config: typeof maintained) =>
    insightsRules(config, watched)
      .filter(({ isPaused }) => isPaused)
      .map(({ urn }) => urn);

  expect(paused(maintained)).toEqual(["do:app:a1", "do:app:a1"]);
  expect(paused(environments[0]!)).toEqual([]);
});
