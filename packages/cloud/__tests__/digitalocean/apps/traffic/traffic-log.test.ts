import { TrafficLog } from "../../../../src/digitalocean/apps/traffic/traffic-log.ts";

const entry = (status: number) => ({
  at: "2026-11-28T00:00:00.000Z",
  method: "GET",
  host: "mam.example.com",
  path: "/",
  status,
  milliseconds: 1,
  outcome: status === 200 ? ("answered" as const) : ("refused" as const),
});

test("the latest requests are kept, and all are counted", () => {
  const log = new TrafficLog();
  log.record(entry(503));
  for (let count = 0; count < 120_000; count += 1) log.record(entry(200));

  expect(log.counts()).toMatchObject({ answered: 120_000, refused: 1, broken: 0 });
  expect(log.entries()).toHaveLength(50_000);
});
