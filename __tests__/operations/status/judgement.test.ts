import {
  type StatusJudgement,
  judgeStatus,
  oldestDays,
} from "../../../operations/status/judgement.ts";
import type { Status } from "../../../operations/status/status.ts";
import { aStatus, check, postgres, running, secret } from "./support/status.ts";

const known = <T>(value: T) => ({ state: "known", value }) as const;

const well: StatusJudgement = { problems: [], warnings: [] };

const gone = { enabled: false, missing: true, up: [], thirtyDayPercent: undefined };
const endpoint = { name: "api", address: "https://mam.example", milliseconds: 9 };
const worker = { component: "worker", configured: { minimum: 2, maximum: 2 }, desired: 2 };
const other = running.images.map((image) => ({ ...image, isReleased: image.component !== "edge" }));

test("nothing is wrong where everything is as it should be", () => {
  expect(judgeStatus(aStatus())).toEqual(well);
});

test.each<[what: string, changed: Partial<Status>, problem: string]>([
  [
    "nothing was deployed",
    { running: known(undefined) },
    "nothing is deployed: mam deploy staging",
  ],
  [
    "no deployment serves",
    { running: known({ ...running, deployment: undefined, images: other }) },
    "no deployment serves",
  ],
  [
    "another image runs",
    { running: known({ ...running, images: other }) },
    "edge does not run the released image: mam deploy staging",
  ],
  [
    "a rollback was not finished",
    { running: known({ ...running, pinned: "d-2" }) },
    "the app is pinned to a rollback: mam rollback staging --emergency",
  ],
  ["an endpoint fails", { endpoints: known([{ ...endpoint, status: 502 }]) }, "api answers 502"],
  [
    "an endpoint is not reached",
    { endpoints: known([{ ...endpoint, status: undefined, reason: "ECONNREFUSED" }]) },
    "api answers ECONNREFUSED",
  ],
  [
    "an endpoint says nothing",
    { endpoints: known([{ ...endpoint, status: undefined }]) },
    "api answers nothing",
  ],
  [
    "an instance is missing",
    { instances: known([{ ...worker, ready: 1 }]) },
    "worker has 1 healthy instances, and should have 2",
  ],
  [
    "the platform counts no instance",
    { instances: known([{ ...worker, ready: undefined }]) },
    "worker has 0 healthy instances, and should have 2",
  ],
  [
    "a cluster is moved",
    { databases: known([{ ...postgres, status: "migrating" }]) },
    "PostgreSQL is migrating",
  ],
  [
    "a cluster is gone",
    { databases: known([{ ...postgres, status: undefined }]) },
    "PostgreSQL is missing",
  ],
  ["nothing is watched", { uptime: known([]) }, "no uptime check watches the public endpoints"],
  [
    "every check was deleted",
    { uptime: known([{ ...check, ...gone }]) },
    "no uptime check watches the public endpoints",
  ],
  [
    "somebody deleted a check",
    { uptime: known([check, { ...check, ...gone, name: "mam-staging-media" }]) },
    "mam-staging-media is missing: mam deploy staging makes it again",
  ],
  [
    "a check is switched off",
    { uptime: known([{ ...check, enabled: false, down: ["eu_west"] }]) },
    "mam-staging-api is switched off",
  ],
  [
    "a region reaches nothing",
    { uptime: known([{ ...check, down: ["eu_west"] }]) },
    "mam-staging-api is down from eu_west",
  ],
  [
    "somebody changed the app",
    { drift: known([{ path: "a", resource: "a", expected: "1", found: "2" }]) },
    "the app's spec differs from what is configured: mam plan staging",
  ],
  [
    "a database is open",
    { data: known(["a trusted source too many"]) },
    "clusters and trusted sources differ from what is configured: mam verify staging says what mends it",
  ],
  [
    "a bucket has lost its policy",
    { storage: known(["no policy"]) },
    "buckets and users differ from what is configured: mam verify staging says what mends it",
  ],
  ["a platform gives no answer", { locks: { state: "no answer", reason: "503" } }, "locks: 503"],
])("it is a problem when %s", (_, changed, problem) => {
  expect(judgeStatus(aStatus(changed))).toEqual({ problems: [problem], warnings: [] });
});

test.each<[what: string, changed: Partial<Status>, warning: string]>([
  [
    "the maintenance page is on",
    { running: known({ ...running, maintained: true }) },
    "the maintenance page is shown instead of the app",
  ],
  [
    "a secret is old",
    { secrets: known([{ ...secret, days: oldestDays + 1 }]) },
    "JWT_SECRET_A is 91 days old: mam secrets rotate staging jwt-secret",
  ],
  [
    "a state is locked",
    {
      locks: known([
        {
          stack: "staging-app",
          lock: { ID: "1", Who: "me@here", Operation: "OperationTypeApply" },
        },
      ]),
    },
    "staging-app is locked by me@here, for OperationTypeApply: mam state show staging says whose run it is",
  ],
  [
    "a lock does not say whose it is",
    { locks: known([{ stack: "staging-app", lock: undefined }]) },
    "staging-app is locked: mam state show staging says whose run it is",
  ],
  [
    "the ledger cannot be read in part",
    { oddities: [{ entry: "release 1", problem: "it has no images", passedOver: true }] },
    "the ledger, passed over: release 1, it has no images: mam rollback staging --list --repair",
  ],
])("it is a warning when %s", (_, changed, warning) => {
  expect(judgeStatus(aStatus(changed))).toEqual({ problems: [], warnings: [warning] });
});

test.each<[what: string, changed: Partial<Status>]>([
  ["what nobody asked for", { storage: { state: "not asked", reason: "no key" } }],
  [
    "an endpoint and a check while the maintenance page is on",
    {
      endpoints: known([{ ...endpoint, status: 503, maintained: true }]),
      uptime: known([
        { ...check, enabled: false, maintained: true },
        { ...check, down: ["eu_west"], maintained: true },
      ]),
    },
  ],
  [
    "an old secret that is idle, is somebody else's, is as old as it may be, or of unknown age",
    {
      secrets: known([
        { ...secret, days: 400, use: "idle" },
        { ...secret, days: 400, givenBy: "Better Stack" },
        { ...secret, days: oldestDays },
        { ...secret, days: undefined },
      ]),
    },
  ],
])("nothing is wrong with %s", (_, changed) => {
  expect(judgeStatus(aStatus(changed))).toEqual(well);
});
