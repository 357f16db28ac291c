import { DigitalOceanError } from "@mam-infra/clients/digitalocean/error";

import type { Session } from "../../../../operations/context/session.ts";
import { ChartReader } from "../../../../operations/dashboard-page/read/charts.ts";
import { aSession, answersOf } from "./support/insights.ts";

test("all lines are one request, and its datacentre is remembered", async () => {
  const world = answersOf(({ region }) => (region === "nyc3" ? "all" : "nothing"));
  const reader = new ChartReader(aSession(world));
  const first = await reader.read();
  await reader.read();

  expect(first.region).toBe("nyc3");
  expect(world.asked.map(({ region }) => region)).toEqual(["nyc1", "nyc3", "nyc3"]);
  expect(linesIn(first)).toBeGreaterThan(15);
});

test.each([400, 414, 422])(
  "where the query for all of them is refused with %s, each line is asked for",
  async (status) => {
    const world = answersOf(({ query }) => (query.includes(" or ") ? status : "all"));
    const reader = new ChartReader(aSession(world));
    const charts = await reader.read();
    await reader.read();

    expect(linesIn(charts)).toBeGreaterThan(15);
    expect(world.asked.filter(({ query }) => query.includes(" or "))).toHaveLength(1);
  },
);

test("a datacentre without Insights is passed over; without any it is said what to do", async () => {
  const some = new ChartReader(
    aSession(answersOf(({ region }) => (region === "nyc3" ? "all" : 404))),
  );
  expect((await some.read()).region).toBe("nyc3");

  const none = new ChartReader(aSession(answersOf(() => 404)));
  await expect(none.read()).rejects.toThrow(
    /no data of nyc1 or nyc3.*monitoring\.insights\.region/,
  );
});

test("a token that is refused, or an API that is away, is no query that is refused", async () => {
  const refused = answersOf(() => 403);
  await expect(new ChartReader(aSession(refused)).read()).rejects.toThrow("insights:read");
  expect(refused.asked).toHaveLength(1);

  const away = answersOf(() => 503);
  await expect(new ChartReader(aSession(away)).read()).rejects.toThrow(DigitalOceanError);
  expect(away.asked).toHaveLength(1);
});

test("without any data the charts are there, and empty", async () => {
  const charts = await new ChartReader(aSession(answersOf(() => "nothing"))).read();

  expect([charts.region, linesIn(charts)]).toEqual(["nyc1", 0]);
});

test("an environment that switched Insights off is not asked about", async () => {
  const world = answersOf(() => "all");
  const session = aSession(world);
  const { environment } = session;
  const insights = { enabled: false, disabledReason: "until the team has decided" };
  const config = {
    ...environment.config,
    monitoring: { ...environment.config.monitoring, insights },
  };
  const off = { ...session, environment: { ...environment, config } } as Session;

  await expect(new ChartReader(off).read()).rejects.toThrow("until the team has decided");
  expect(world.asked).toEqual([]);
});

const linesIn = ({ groups }: Awaited<ReturnType<ChartReader["read"]>>) =>
  groups.flatMap(({ panels }) => panels.flatMap(({ lines }) => lines)).length;
