import { aCluster, anAccount, anApp, pick, valkey, closeAccounts } from "../../support.ts";
import type { TestAccount } from "../../support.ts";
import { catalogue } from "../../../../src/digitalocean/insights/metrics/catalogue.ts";
import { promPath, raw, unix } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
let urn: string;
beforeEach(async () => {
  account = await anAccount();
  urn = `do:app:${(await anApp(account)).id}`;
});

interface Answered {
  readonly resultType: string;
  readonly result: {
    metric: Record<string, string>;
    value: [number, string];
    values: [number, string][];
  }[];
}

const ask = async (call: string, parameters: Record<string, string | number>, region?: string) =>
  account.get(promPath(call, parameters, region));

async function query(text: string, region?: string): Promise<Answered["result"]> {
  const reply = await ask("query", { query: text }, region);
  return (pick(reply.body, "data") as Answered).result;
}

const window = () => ({ start: unix(account, -86_400), end: unix(account) });

test("a metric is asked for with dots and answered with underscores", async () => {
  const [first] = await query(`do.apps.app_cpu_utilization{resource_urn="${urn}"}`);

  expect(first?.metric).toEqual({
    __name__: "do_apps_app_cpu_utilization",
    resource_urn: urn,
    app_component: "api",
    app_component_instance: expect.any(String),
  });
  expect(Number(first?.value[1])).toBeGreaterThan(10);
});

test("a name that nobody sends has no series, and is no error", async () => {
  const reply = await ask("query", { query: "do.apps.http_error_rate_5xx" });
  expect(reply).toMatchObject({
    status: 200,
    body: { status: "success", data: { resultType: "vector", result: [] } },
  });
});

test("a resource is found in its own datacentre only", async () => {
  expect(await query("do.apps.app_replicas_ready", "nyc1")).toHaveLength(1);
  expect(await query("do.apps.app_replicas_ready", "nyc3")).toEqual([]);
  account.cloud.insights.knobs.appDatacentres = { nyc: "nyc3" };
  expect(await query("do.apps.app_replicas_ready", "nyc3")).toHaveLength(1);
});

test("replicas wanted, there and ready are counted by component", async () => {
  for (const name of ["desired", "current", "ready"]) {
    const [one, ...more] = await query(`do.apps.app_replicas_${name}`);
    expect([one?.value[1], more]).toEqual(["2", []]);
    expect(one?.metric).not.toHaveProperty("app_component_instance");
  }
});

test("what was just measured cannot be seen yet", async () => {
  const over = { query: "do.apps.app_replicas_ready", step: 60, end: unix(account) };
  const { body } = await ask("query_range", { ...over, start: unix(account, -600) });
  const [series] = (pick(body, "data") as Answered).result;
  const { result } = pick((await ask("query", { query: "1" })).body, "data") as {
    result: [number, string];
  };

  expect(result).toEqual([unix(account), "1"]);
  expect(series?.values.length).toBeGreaterThan(5);
  await account.pass(100);
  expect(await query("do.apps.app_replicas_ready")).toHaveLength(1);
});

test("a new app has no series for a while, and that is no error", async () => {
  account.cloud.insights.knobs.silentSeconds = 3600;
  expect(await query("do.apps.app_cpu_usage")).toEqual([]);
  const names = await ask("label/__name__/values", window());
  expect(pick(names.body, "data")).toEqual([]);
  await account.pass(3600);
  expect(await query("do.apps.app_cpu_usage")).toHaveLength(2);
});

test("a query over a time has a value in every step", async () => {
  const start = unix(account, -300);
  const end = unix(account);
  const { body } = await ask("query_range", {
    query: "vector_is_missing or",
    start,
    end,
    step: 60,
  });
  expect(body).toMatchObject({ errorType: "bad_data" });

  const times = { start, end, step: "1m" };
  const answer = await ask("query_range", { query: "sum(do.apps.app_replicas_ready)", ...times });
  const { resultType, result } = pick(answer.body, "data") as Answered;
  expect(resultType).toBe("matrix");
  expect(result[0]?.values.map(([time]) => time - start)).toEqual([0, 60, 120, 180, 240, 300]);
});

test.each([
  ["query", { query: "" }, "parse error"],
  ["query", { query: "1", time: "yesterday" }, 'parameter "time"'],
  ["query_range", { query: "1", start: 0, end: 10 }, "duration"],
  ["query_range", { query: "1", start: 10, end: 0, step: 1 }, "before start"],
  ["query_range", { query: "1", start: 0, end: 20_000, step: 1 }, "11000 points"],
  ["series", { start: 0, end: 1 }, "match[]"],
])("%s with %j is refused as Prometheus refuses it", async (call, parameters, said) => {
  const reply = await ask(call, parameters);

  expect(reply).toMatchObject({
    status: 400,
    body: { status: "error", errorType: "bad_data", error: expect.stringContaining(said) },
  });
});

test("what is not played is refused as bad data, and is a finding; a mistake is none", async () => {
  await ask("query", { query: "sum(" });
  expect(account.cloud.findings()).toEqual([]);
  const reply = await ask("query", { query: "topk(1, x) > 1" });

  expect(reply).toMatchObject({ status: 400, body: { errorType: "bad_data" } });
  expect(account.cloud.findings()).toEqual([expect.stringContaining("the operator >")]);
});

test("vectors that do not match are refused with 422", async () => {
  const reply = await ask("query", {
    query: "do.apps.app_cpu_usage / on(resource_urn) do.apps.app_replicas_ready",
  });
  expect(reply).toMatchObject({ status: 422, body: { errorType: "execution" } });
});

test.each(["labels", "label/__name__/values", "series"])(
  "%s without a window is refused with 422",
  async (call) => {
    const parameters = call === "series" ? { "match[]": "x" } : {};
    const reply = await ask(call, parameters);

    expect(reply).toMatchObject({ status: 422, body: { status: "error", errorType: "execution" } });
  },
);

test("the names of a region are the catalogue's, of what sends there, with underscores", async () => {
  await aCluster(account);
  await account.pass(600);
  const { body } = await ask("label/__name__/values", window());

  expect(pick(body, "data")).toEqual(
    catalogue.map(({ name }) => name.replaceAll(".", "_")).toSorted(),
  );
  expect(pick((await ask("label/__name__/values", window(), "fra1")).body, "data")).toEqual([]);
});

test("series and labels are found by selectors", async () => {
  const selectors = { "match[]": "do.apps.app_replicas_ready", ...window() };
  const series = await ask("series", selectors);
  const labels = await ask("labels", selectors);
  const values = await ask("label/app_component/values", selectors);

  expect(pick(series.body, "data")).toEqual([
    { __name__: "do_apps_app_replicas_ready", resource_urn: urn, app_component: "api" },
  ]);
  expect(pick(labels.body, "data")).toEqual(["__name__", "app_component", "resource_urn"]);
  expect(pick(values.body, "data")).toEqual(["api"]);
});

test("a region without Insights answers a page with 404, also to one that is none", async () => {
  account.cloud.insights.knobs.unservedRegions = ["sfo3"];
  for (const region of ["sfo3", "nyc"]) {
    const answer = await raw(account, promPath("query", { query: "1" }, region));
    expect(answer).toMatchObject({ status: 404, type: "text/html; charset=utf-8" });
    expect(answer.text).toContain("Maintenance");
  }
});

describe("databases", () => {
  let cluster: string;
  beforeEach(async () => {
    cluster = `do:dbaas:${(await aCluster(account)).id}`;
  });

  async function minutes(metric: string) {
    const start = Math.floor(unix(account, -1200) / 120) * 120;
    const text = `${metric}{resource_urn="${cluster}"}`;
    const times = { start, end: start + 600, step: 60 };
    const { body } = await ask("query_range", { query: `max_over_time(${text}[1m])`, ...times });
    const { result } = pick(body, "data") as Answered;
    const values = new Map(result[0]?.values ?? []);
    return [0, 60, 120, 180].map((second) => values.get(start + second));
  }

  test("CPU is measured every second minute, and the odd one has NaN", async () => {
    const [even, odd, nextEven, nextOdd] = await minutes("do.databases.cpu_utilization");
    expect([odd, nextOdd]).toEqual(["NaN", "NaN"]);
    expect(Number(even)).toBeGreaterThan(10);
    expect(Number(nextEven)).toBeGreaterThan(10);
  });

  test("load repeats its value in the odd minute, and others have none", async () => {
    const [even, odd] = await minutes("do.databases.load_avg_5m");
    expect([odd, Number(odd)]).toEqual([even, expect.any(Number)]);
    const [size, none] = await minutes("do.databases.pg_database_size");
    expect([none, Number(size)]).toEqual([undefined, expect.any(Number)]);
  });

  test("the mean of CPU is NaN, so that it has to be asked for by its maximum", async () => {
    const [mean] = await query(`avg_over_time(do.databases.cpu_utilization[10m])`);
    const [most] = await query(`max_over_time(do.databases.cpu_utilization[10m])`);
    expect(mean?.value[1]).toBe("NaN");
    expect(Number(most?.value[1])).toBeGreaterThan(10);
  });

  test("labels differ between the metrics of one resource", async () => {
    const labels = async (metric: string) =>
      (await query(metric)).map((one) => Object.keys(one.metric).toSorted());
    const common = ["__name__", "databases_name", "resource_urn"];

    expect(await labels("do.databases.disk_utilization")).toEqual([common]);
    expect(await labels("do.databases.memory_utilization")).toEqual([
      [...common, "resource_region_slug"].toSorted(),
    ]);
    expect(await labels("do.databases.filesystem_free")).toHaveLength(2);
  });

  test("Valkey has its host's metrics and none of an engine", async () => {
    const { id } = await aCluster(account, { ...valkey, num_nodes: 1 });
    await account.pass(600);
    const of = (metric: string) => query(`${metric}{resource_urn="do:dbaas:${id}"}`);

    expect(await of("do.databases.memory_utilization")).toHaveLength(1);
    expect(await of("do.databases.pg_deadlocks")).toEqual([]);
  });

  test("a rate until now is too small by the minutes that cannot be seen yet", async () => {
    const text = "rate(do.databases.pg_transactions_committed[10m])";
    const rateAt = async (time: number) => {
      const { body } = await ask("query", { query: text, time });
      const [rate] = (pick(body, "data") as Answered).result;
      return Number(rate?.value[1]);
    };

    expect(await rateAt(unix(account, -240))).toBeCloseTo(8, 3);
    expect(await rateAt(unix(account))).toBeLessThan(7);
  });
});
