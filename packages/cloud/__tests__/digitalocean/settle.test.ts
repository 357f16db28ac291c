import { scheduleAfter, takeDue } from "../../src/digitalocean/schedule.ts";
import type { ScheduledEvent } from "../../src/digitalocean/schedule.ts";
import { aCluster, anAccount, anApp, aSpec, postgres, textAt, closeAccounts } from "./support.ts";

afterEach(closeAccounts);

const now = new Date("2026-11-24T00:00:00Z");
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const event = (database: string) => ({ kind: "database-ready", database }) as const;

test("events are taken in the order of their time, equal ones in the order of their making", () => {
  const schedule: ScheduledEvent[] = [];
  scheduleAfter(schedule, now, 20, event("third"));
  scheduleAfter(schedule, now, 10, event("first"));
  scheduleAfter(schedule, now, 10, event("second"));

  const taken = [1, 2, 3, 4].map(() => takeDue(schedule, after(20))?.event);

  expect(taken).toEqual([event("first"), event("second"), event("third"), undefined]);
});

test("an event that is not due stays", () => {
  const schedule: ScheduledEvent[] = [];
  scheduleAfter(schedule, now, 10, event("later"));
  expect(takeDue(schedule, after(9))).toBeUndefined();
  expect(schedule).toHaveLength(1);
});

test("what happened while nobody asked carries the time at which it happened", async () => {
  const account = await anAccount();
  const { path } = await anApp(account, aSpec(), 86_400);
  const app = await account.get(path);
  const finished = Date.parse(textAt(app, "app.active_deployment.updated_at"));
  const created = Date.parse(textAt(app, "app.created_at"));
  expect((finished - created) / 1000).toBeLessThan(120);
});

test("two accounts of which the same was asked have the same state, whatever their ids", async () => {
  const states = await Promise.all(
    [1, 2].map(async (run) => {
      const account = await anAccount();
      const tags = run === 1 ? ["a", "b"] : ["b", "a"];
      await aCluster(account, { ...postgres, tags });
      const envs = [
        { key: "A", value: "1" },
        { key: "SECRET", value: "plain", type: "SECRET" },
      ];
      await anApp(account, aSpec({ envs: run === 1 ? envs : envs.toReversed() }));
      const state: unknown = await (await fetch(`${account.cloud.url}/__state`)).json();
      return state;
    }),
  );
  expect(states[0]).toEqual(states[1]);
});
