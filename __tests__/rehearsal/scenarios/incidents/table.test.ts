import { killedDatabase } from "../../../../rehearsal/scenarios/incidents/killed-database.ts";
import { slowRoute } from "../../../../rehearsal/scenarios/incidents/slow-route.ts";
import { courseTable } from "../../../../rehearsal/scenarios/incidents/table.ts";

test("each incident is a row with its signal and its seconds, and what never came says so", () => {
  const slow = { name: "p95", value: 1984, threshold: 800, unit: "milliseconds", met: false };
  const away = { name: "database", value: 0, threshold: 1, unit: "reachable", met: false };
  const table = courseTable([
    {
      incident: slowRoute,
      missed: [slow],
      red: 21.4,
      told: 23.6,
      shown: 30,
      green: 19,
      over: 19.2,
    },
    {
      incident: killedDatabase,
      missed: [away],
      red: 2,
      told: undefined,
      shown: undefined,
      green: undefined,
      over: undefined,
    },
  ]);

  expect(table.slice(2)).toEqual([
    `| ${slowRoute.cause} | \`p95\`: 1984 ms of 800 | 21 | 24 | 30 | 19 | 19 |`,
    `| ${killedDatabase.cause} | \`database\`: away | 2 | never | never | never | never |`,
  ]);
});
