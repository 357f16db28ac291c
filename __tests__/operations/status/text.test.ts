import { judgeStatus } from "../../../operations/status/judgement.ts";
import type { Status } from "../../../operations/status/status.ts";
import { renderStatus } from "../../../operations/status/text.ts";
import { entryOf } from "../ledger/entries.ts";
import { aStatus, check, postgres, running, secret } from "./support/status.ts";

const known = <T>(value: T) => ({ state: "known", value }) as const;

const shown = (changed: Partial<Status> = {}) => {
  const status = aStatus(changed);
  return renderStatus(status, judgeStatus(status)).split("\n");
};

test("an environment that is well fits on one screen", () => {
  expect(shown()).toEqual([
    "staging, 2026-11-24 12:00 UTC",
    "",
    "Runs       ✓ release 20261124-013427-9f3a, since 2026-11-24 09:00 UTC (3 hours)",
    "             deployment d-1",
    "           ✓ frontend sha256:aaaaaaaaaaaa",
    "           ✓ api      sha256:aaaaaaaaaaaa",
    "           ✓ worker   sha256:aaaaaaaaaaaa",
    "           ✓ edge     sha256:aaaaaaaaaaaa",
    "Endpoints  ✓ api      200    35 ms  https://mam.example/api/health",
    "Levels     ✓ api      error-rate 0.2 of 1 %, p95 – of 800 ms",
    "Instances  ✓ api      3 of 3 healthy, configured 2 to 6",
    "           ✓ worker   1 of 1 healthy, configured 1",
    "Databases  ✓ PostgreSQL online, pg 17, 2 × db-s-1vcpu-2gb, 30 GiB of disk",
    "Uptime     ✓ mam-staging-api  up from eu_west, us_east; 99.95 % in 30 days",
    "Secrets    ✓ 1 secrets, the oldest is 12 days old",
    "Drift      ✓ the app's spec is as configured",
    "Data       ✓ clusters and trusted sources are as configured",
    "Storage    ✓ buckets and users are as configured",
    "Locks      ✓ none is held",
    "Releases   ✓ 20261124-013427-9f3a  deployment, succeeded, by somebody@somewhere, 10 hours ago",
    "",
    "staging is well.",
    "",
  ]);
});

test("what is wrong stands at the end, problems before warnings, and nothing is called well", () => {
  const secrets = known([{ ...secret, days: 400 }]);
  const lines = shown({ running: known({ ...running, pinned: "d-2" }), secrets });

  expect(lines.slice(-4)).toEqual([
    "",
    "✗ the app is pinned to a rollback: mam rollback staging --emergency",
    "! JWT_SECRET_A is 400 days old: mam secrets rotate staging jwt-secret",
    "",
  ]);
});

const endpoint = { name: "api", address: "https://mam.example", milliseconds: 1200 };
const lock = { ID: "1", Who: "me@here", Operation: "OperationTypeApply" };
const spec = (resource: string, expected?: string, found?: string) => ({
  ...{ path: resource, resource },
  ...{ expected, found },
});

test.each<[what: string, changed: Partial<Status>, lines: readonly string[]]>([
  ["nothing runs", { running: known(undefined) }, ["Runs       ✗ nothing"]],
  [
    "something else runs than was released",
    {
      running: known({
        ...running,
        ...{ deployment: undefined, since: undefined, release: undefined },
        ...{ underWay: "d-3 DEPLOYING", pinned: "d-2", maintained: true },
        images: [
          { component: "api", digest: `sha256:${"b".repeat(64)}`, isReleased: false },
          { component: "edge", digest: undefined, isReleased: false },
        ],
      }),
    },
    [
      "Runs       ✗ release unknown to the ledger",
      "             deployment none",
      "           ✗ api      sha256:bbbbbbbbbbbb, which is not the released one",
      "           ✗ edge     no image, which is not the released one",
      "           ! under way: d-3 DEPLOYING",
      "           ✗ pinned to deployment d-2",
      "           ! maintenance page: on",
    ],
  ],
  [
    "endpoints fail, say nothing, or show the maintenance page",
    {
      endpoints: known([
        { ...endpoint, status: 502 },
        { ...endpoint, status: undefined },
        { ...endpoint, status: 503, maintained: true },
      ]),
    },
    [
      "Endpoints  ✗ api      502  1200 ms  https://mam.example",
      "           ✗ api      ---  1200 ms  https://mam.example",
      "           – api      503  1200 ms  https://mam.example",
    ],
  ],
  [
    "the platform counts no instances",
    {
      instances: known([
        {
          component: "api",
          configured: { minimum: 2, maximum: 2 },
          desired: undefined,
          ready: undefined,
        },
      ]),
    },
    ["Instances  ✗ api      ? of ? healthy, configured 2"],
  ],
  [
    "clusters are gone, or of an unknown size",
    {
      databases: known([
        { ...postgres, status: undefined },
        { ...postgres, status: "resizing", nodes: undefined, size: undefined, diskGib: undefined },
      ]),
    },
    ["Databases  ✗ PostgreSQL missing", "           ✗ PostgreSQL resizing, pg 17, ? × ?"],
  ],
  [
    "checks see something, nothing yet, or are off",
    {
      uptime: known([
        { ...check, up: [], down: ["eu_west"], thirtyDayPercent: undefined },
        { ...check, name: "mam-staging", up: [], thirtyDayPercent: undefined },
        { ...check, enabled: false },
        { ...check, enabled: false, missing: true },
        { ...check, enabled: false, maintained: true },
      ]),
    },
    [
      "Uptime     ✗ mam-staging-api  down from eu_west",
      "           ✓ mam-staging      not checked yet",
      "           ✗ mam-staging-api  switched off",
      "           ✗ mam-staging-api  missing",
      "           – mam-staging-api  switched off, while the maintenance page is on",
    ],
  ],
  [
    "secrets are old, or of unknown age",
    {
      secrets: known([
        { ...secret, days: 400 },
        { ...secret, days: undefined },
      ]),
    },
    [
      "Secrets    ! 2 secrets, the oldest is 400 days old, the age of 1 is not known",
      "           ! JWT_SECRET_A is 400 days old, of 90",
    ],
  ],
  [
    "no age is known",
    { secrets: known([{ ...secret, days: undefined }]) },
    ["Secrets    ✓ 1 secrets, no age is known"],
  ],
  [
    "the app differs",
    {
      drift: known([
        spec("a", "1", "2"),
        spec("b", "1"),
        spec("c", undefined, "2"),
        spec("d"),
        spec("e"),
      ]),
    },
    [
      "Drift      ✗ a is 2, expected 1",
      "           ✗ b is missing, expected 1",
      "           ✗ c is 2, expected nothing",
      "             and 2 more",
    ],
  ],
  [
    "buckets differ",
    { storage: known(["one", "two", "three", "four"]) },
    ["Storage    ✗ one", "           ✗ two", "           ✗ three", "             and 1 more"],
  ],
  [
    "states are locked",
    {
      locks: known([
        { stack: "staging-app", lock: { ...lock, Created: "2026-11-24T11:58:30.1Z" } },
        { stack: "staging-data", lock },
        { stack: "staging-storage", lock: undefined },
      ]),
    },
    [
      "Locks      ! staging-app, by me@here for OperationTypeApply, since 2026-11-24 11:58 UTC",
      "           ! staging-data, by me@here for OperationTypeApply",
      "           ! staging-storage",
    ],
  ],
  ["nothing was released", { releases: known([]) }, ["Releases   none yet"]],
  [
    "a release failed",
    { releases: known([entryOf("1", { result: "failed" })]) },
    ["Releases   ✗ 1  deployment, failed, by somebody@somewhere, 10 hours ago"],
  ],
  [
    "a part was not asked for, and another gave no answer",
    {
      storage: { state: "not asked", reason: "no key" },
      locks: { state: "no answer", reason: "503" },
    },
    ["Storage    – not asked: no key", "Locks      ✗ no answer: 503"],
  ],
])("it is shown when %s", (_, changed, lines) => {
  const text = shown(changed);
  const first = text.indexOf(lines[0] ?? "");

  expect(text.slice(first, first + lines.length)).toEqual(lines);
});
