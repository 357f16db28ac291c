import { discoveryWindow, metricNames } from "../../../src/digitalocean/insights/index.ts";
import { clientOf, closeClients } from "../../support/client.ts";

afterEach(closeClients);

const now = new Date("2026-11-28T12:00:00.900Z");

test("a window ends now and lasts a day unless another length is said", () => {
  expect(discoveryWindow(now)).toEqual({ start: 1795780800, end: 1795867200 });
  expect(discoveryWindow(now, 60)).toEqual({ start: 1795867140, end: 1795867200 });
});

test("the names of a region are asked for with a window", async () => {
  const { api, client } = await clientOf(() => ({
    status: 200,
    body: { status: "success", data: ["do_apps_app_cpu_utilization"] },
  }));

  const names = await metricNames(client, "nyc3", now);

  expect(names.has("do_apps_app_cpu_utilization")).toBe(true);
  expect(api.seen[0]?.path).toBe(
    "/v2/insights/query/nyc3/prom/api/v1/label/__name__/values?start=1795780800&end=1795867200",
  );
});
