import {
  type ServiceLevelStatus,
  serviceLevelStatuses,
} from "../../../operations/platform/service-levels.ts";
import {
  serviceLevelProblems,
  serviceLevelRow,
} from "../../../operations/status/service-levels.ts";
import { production } from "../../../environments/production.ts";
import { part } from "../../../operations/status/part.ts";
import { changed, checked } from "../../support/environments.ts";
import { anInternet } from "../../support/recorded/internet.ts";
import { levels } from "./support/status.ts";

const missed: ServiceLevelStatus = {
  ...levels,
  status: 503,
  objectives: [
    {
      ...levels.objectives![0]!,
      value: 3.33,
      met: false,
      since: "2026-11-24T11:58:00.000Z",
    },
    { name: "counting", value: 0, threshold: 1, unit: "reachable", met: false },
  ],
};
const without = { ...levels, objectives: undefined };

test.each<[what: string, level: ServiceLevelStatus, problems: readonly string[]]>([
  ["meets its objectives", levels, []],
  [
    "misses some",
    missed,
    [
      "api misses error-rate: 3.33 percent, at most 1, since 2026-11-24 11:58 UTC",
      "api misses counting: it cannot be reached",
    ],
  ],
  ["misses some behind the maintenance page", { ...missed, maintained: true }, []],
  ["answers without values", without, []],
  ["does not answer, as its endpoint says", { ...without, status: undefined }, []],
  [
    "has no such address",
    { ...without, status: 404 },
    ["the service levels of api answer 404: docs/service-levels.md"],
  ],
])("a service that %s", (_what, level, problems) => {
  expect(serviceLevelProblems([level])).toEqual(problems);
});

test.each<[level: ServiceLevelStatus, row: readonly string[]]>([
  [levels, ["✓ api", "error-rate 0.2 of 1 %, p95 – of 800 ms"]],
  [missed, ["✗ api", "✗ error-rate 3.33 of 1 %, ✗ counting away"]],
  [
    { ...levels, isOfAll: false },
    ["✓ api", "error-rate 0.2 of 1 %, p95 – of 800 ms; of one instance"],
  ],
  [without, ["– api", "200, no values"]],
  [{ ...without, status: 404 }, ["✗ api", "404, no values"]],
  [{ ...without, status: undefined }, ["– api", "---, no values"]],
])("%# is one line with its values", (level, row) => {
  expect(serviceLevelRow(level)).toEqual(row);
});

test("each public service is asked at its own address, whatever it answers", async () => {
  const internet = anInternet();
  const answers = ["not JSON", '{"objectives":3}', undefined];
  const broken = {
    ...internet,
    read: () => {
      const body = answers.shift();
      if (body === undefined) return Promise.reject(new Error("connect ECONNREFUSED"));
      return Promise.resolve({ status: 200, location: undefined, body });
    },
  };
  const config = checked(production);

  const well = await serviceLevelStatuses(internet, config, false);
  const ill = await serviceLevelStatuses(broken, config, false);

  expect(well.map(({ address, objectives }) => [address, objectives?.[0]?.value])).toEqual([
    ["https://mam.northlight.example/service-levels", 0.2],
    ["https://mam.northlight.example/api/service-levels", 0.2],
    ["https://media.northlight.example/service-levels", 0.2],
  ]);
  expect(ill.map(({ status, objectives, reason }) => [status, objectives, reason])).toEqual([
    [200, undefined, undefined],
    [200, undefined, undefined],
    [undefined, undefined, expect.stringContaining("ECONNREFUSED")],
  ]);
});

test("images without service levels are not asked, and the environment's reason says why", async () => {
  const disabledReason = "Accepted until our own images have service levels.";
  const config = checked(
    changed((draft) => {
      draft.monitoring = { objectives: { enabled: false, disabledReason } };
    }, production),
  );
  const internet = { ...anInternet(), read: () => Promise.reject(new Error("asked")) };

  expect(await part(() => serviceLevelStatuses(internet, config, false))).toEqual({
    state: "not asked",
    reason: `service levels are switched off: ${disabledReason}`,
  });
});
