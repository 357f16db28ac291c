import { once } from "node:events";

import { execa } from "execa";

import type { Session } from "../../../operations/context/session.ts";
import { recordEntry } from "../../../operations/ledger/ledger.ts";
import { repairLedger } from "../../../operations/ledger/repair.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import { judgeStatus } from "../../../operations/status/judgement.ts";
import { readStatus } from "../../../operations/status/status.ts";
import { renderStatus } from "../../../operations/status/text.ts";
import { type TestPlatform, openDeployedPlatform, openPlatform } from "../../support/platform.ts";
import { spoilLedger } from "../../support/spoilt-ledger.ts";
import { entryOf } from "../ledger/entries.ts";
import { type World, keep, worldOf } from "../verify/support/world.ts";

let platform: TestPlatform;
let mend: () => void;

beforeAll(async () => {
  platform = await openDeployedPlatform();
  // Records and certificates of the hosts take up to five minutes of the platform's time.
  await platform.cloud.clock.sleep(300);
  mend = keep(platform);
});

afterEach(() => {
  platform.cloud.faults.clear();
  mend();
});

afterAll(() => platform.end());

async function seen(session: Session = platform.session()) {
  const status = await readStatus(session, new Date());
  const judgement = judgeStatus(status);
  return { status, ...judgement, text: renderStatus(status, judgement) };
}

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

test("a healthy platform is well, on one screen", async () => {
  const { problems, warnings, text } = await seen();

  expect([problems, warnings]).toEqual([[], []]);
  expect(text.split("\n").length).toBeLessThan(40);
  expect(text.split("\n").filter((line) => line.length > 120)).toEqual([]);
  const { app } = worldOf(platform);
  for (const line of [
    /^Runs {7}✓ release unknown to the ledger, since \d{4}-\d\d-\d\d \d\d:\d\d UTC/m,
    `             deployment ${app.active_deployment!}\n`,
    "✓ api      sha256:e6c628bccb70\n",
    /^Endpoints {2}✓ frontend 200 +\d+ ms {2}https:\/\/mam\.staging\.northlight\.example\/$/m,
    "✓ edge     2 of 2 healthy, configured 2\n",
    "Databases  ✓ PostgreSQL online, pg 17, 1 × db-s-1vcpu-2gb, 30 GiB of disk\n",
    "✓ mam-staging-api                      up from eu_west, us_east; 100 % in 30 days\n",
    "Drift      ✓ the app's spec is as configured\n",
    "Data       ✓ clusters and trusted sources are as configured\n",
    "Storage    ✓ buckets and users are as configured\n",
    "Locks      ✓ none is held\n",
    "Releases   none yet\n",
    /staging is well\.\n$/,
  ]) {
    expect(text).toEqual(
      typeof line === "string" ? expect.stringContaining(line) : expect.stringMatching(line),
    );
  }
});

test.each<[what: string, breaks: (world: World) => unknown, problems: readonly string[]]>([
  [
    "another image runs",
    ({ active }) => {
      active.spec = structuredClone(active.spec);
      active.spec.services![1]!.image!.digest = digest("9");
    },
    ["api does not run the released image: mam deploy staging"],
  ],
  [
    "the app is pinned",
    ({ app, active }) => (app.pinned_deployment = active.id),
    ["the app is pinned to a rollback: mam rollback staging --emergency"],
  ],
  [
    "nothing serves",
    ({ app }) => {
      delete app.active_deployment;
    },
    [
      "no deployment serves",
      "frontend has 0 healthy instances, and should have 2",
      "api has 0 healthy instances, and should have 2",
      "worker has 0 healthy instances, and should have 1",
      "edge has 0 healthy instances, and should have 2",
    ],
  ],
  ["a cluster is resized", ({ valkey }) => (valkey.status = "resizing"), ["Valkey is resizing"]],
  [
    "a cluster is gone",
    ({ store, valkey }) => store.databases.splice(store.databases.indexOf(valkey), 1),
    expect.arrayContaining(["Valkey is missing"]),
  ],
  [
    "an uptime check is switched off",
    ({ store }) =>
      Object.assign(
        store.uptimeChecks.find(({ name }) => name === "mam-staging-media")!,
        {
          enabled: false,
        },
      ),
    ["mam-staging-media is switched off"],
  ],
  [
    "an uptime check is deleted",
    ({ store }) =>
      store.uptimeChecks.splice(
        store.uptimeChecks.findIndex(({ name }) => name === "mam-staging-media"),
        1,
      ),
    ["mam-staging-media is missing: mam deploy staging makes it again"],
  ],
  [
    "no uptime check is left",
    ({ store }) => store.uptimeChecks.splice(0),
    ["no uptime check watches the public endpoints"],
  ],
  [
    "the app was changed in the control panel",
    ({ app }) => (app.spec.services![0]!.instance_count = 5),
    ["the app's spec differs from what is configured: mam plan staging"],
  ],
  [
    "a cluster is open to the internet",
    ({ postgres }) => (postgres.rules = []),
    [
      "clusters and trusted sources differ from what is configured: mam verify staging says what mends it",
    ],
  ],
  [
    "a bucket has lost its policy",
    ({ bucket }) => {
      bucket("previews").policy = undefined;
    },
    ["buckets and users differ from what is configured: mam verify staging says what mends it"],
  ],
])("it says so when %s", async (_, breaks, expected) => {
  breaks(worldOf(platform));
  const { problems, text } = await seen();

  expect(problems).toEqual(expected);
  for (const problem of problems) expect(text).toContain(`✗ ${problem}\n`);
  expect(text).not.toContain("is well");
});

/** Looks until the checks from outside have seen what is: they look once in a while by themselves. */
async function seenWhen(
  isSo: (problems: readonly string[]) => boolean,
): Promise<readonly string[]> {
  for (let looks = 0; ; looks += 1) {
    const { problems } = await seen();
    if (isSo(problems) || looks === 60) return problems;
    await platform.cloud.clock.sleep(60);
  }
}

test("it says so when no instance of the API answers, from here and from outside", async () => {
  const api = worldOf(platform).app.instances.filter(({ component }) => component === "api");
  for (const instance of api) instance.terminated = 0;
  const down = await seenWhen((problems) => problems.length > 3);
  mend();
  const up = await seenWhen((problems) => problems.length === 0);

  expect(down).toEqual([
    "api answers 503",
    "api has 0 healthy instances, and should have 2",
    "mam-staging-api is down from eu_west, us_east",
    "mam-staging-service-levels-api is down from eu_west, us_east",
  ]);
  expect(up).toEqual([]);
});

test("the maintenance page is said, and is no outage", async () => {
  const session = platform.session();
  const { config } = session.environment;
  const services = { ...config.services, maintenancePage: { enabled: true } };
  const { app, active, store } = worldOf(platform);
  for (const { spec } of [app, active]) spec.maintenance = { enabled: true };
  for (const check of store.uptimeChecks) check.enabled = false;
  const environment = { ...session.environment, config: { ...config, services } };
  const { problems, warnings, text } = await seen({ ...session, environment });

  expect(problems).toEqual([]);
  expect(warnings).toEqual(["the maintenance page is shown instead of the app"]);
  expect(text).toContain("! maintenance page: on\n");
  expect(text).toMatch(/– frontend 503 /);
  expect(text).toContain(
    "– mam-staging-api                      switched off, while the maintenance page is on\n",
  );
});

test("a difference is shown, and the many behind it are counted", async () => {
  const { app } = worldOf(platform);
  for (const service of app.spec.services!) service.instance_count = 5;
  for (const { image } of app.spec.services!) image!.digest = digest("9");
  const { text } = await seen();

  expect(text).toContain("✗ services.frontend.image.digest in the app spec is sha256:999");
  expect(text).toContain("  and 3 more\n");
});

test("what gives no answer is a problem, what nobody could ask is none", async () => {
  platform.cloud.faults.add({ platform: "spaces", kind: "down" });
  const unanswered = await seen();
  expect(unanswered.problems.map((problem) => problem.split(":")[0])).toEqual([
    "locks",
    "releases",
  ]);
  expect(unanswered.text).toMatch(/^Locks {6}✗ no answer: /m);
  platform.cloud.faults.clear();

  const unasked = await seen(platform.session({ AWS_ACCESS_KEY_ID: undefined }));
  expect(unasked.problems).toEqual([]);
  expect(unasked.text).toMatch(/^Releases {3}– not asked: AWS_ACCESS_KEY_ID is missing: /m);
});

test("a secret that is in use for longer than 90 days is a warning, and nothing worse", async () => {
  const session = platform.session();
  const day = 86_400_000;
  const [key] = worldOf(platform).user("edge-reader").accessKeys.values();
  const madeAt = key!.createdAt;
  Object.assign(key!, { createdAt: new Date(Date.now() - 100.5 * day) });
  const sealedAt = new Date(Date.now() - 95.5 * day).toISOString().slice(0, 10);
  const seal = (fingerprint: string) => ({ fingerprint, ciphertext: "EV[1:a:b]", sealedAt });
  const old = { JWT_SECRET_A: seal("a".repeat(64)), JWT_SECRET_B: seal("b".repeat(64)) };
  const edge = { WASABI_PREVIEWS_SECRET: seal(key!.accessKeyId) };
  const environment = {
    ...session.environment,
    sealed: { app: worldOf(platform).app.id, components: { api: old, edge } },
  };
  const { problems, warnings, text } = await seen({ ...session, environment });
  Object.assign(key!, { createdAt: madeAt });

  expect(problems).toEqual([]);
  expect(warnings).toEqual([
    expect.stringMatching(
      /^WASABI_PREVIEWS_SECRET is 100 days old: mam secrets rotate staging storage-key-edge-reader$/,
    ),
    expect.stringMatching(
      /^JWT_SECRET_A is 9[56] days old: mam secrets rotate staging jwt-secret$/,
    ),
  ]);
  expect(text).toMatch(
    /^Secrets {4}! 16 secrets, the oldest is 100 days old, the age of \d+ is not known$/m,
  );
});

test("a lock that is held is shown with its holder", async () => {
  const lock = {
    ID: "1",
    Who: "ci@runner",
    Operation: "OperationTypeApply",
    Created: "2026-11-24T01:34:27Z",
  };
  const { spaces, environment } = platform.cloud;
  const { bucket } = environment.config.state.backend as { bucket: string };
  const { PutObjectCommand, DeleteObjectCommand } = await import("@aws-sdk/client-s3");
  const place = { Bucket: bucket, Key: "staging-app.tfstate.tflock" };
  const client = platform.session().clients.spaces();
  await client.send(new PutObjectCommand({ ...place, Body: JSON.stringify(lock) }));
  const { problems, warnings, text } = await seen();
  await client.send(new DeleteObjectCommand(place));

  expect(spaces.store.buckets.get(bucket)).toBeDefined();
  expect(problems).toEqual([]);
  expect(warnings).toEqual([
    "staging-app is locked by ci@runner, for OperationTypeApply: mam state show staging says whose run it is",
  ]);
  expect(text).toContain(
    "Locks      ! staging-app, by ci@runner for OperationTypeApply, since 2026-11-24 01:34 UTC\n",
  );
});

test("the last five releases are shown, and which of them runs", async () => {
  const session = platform.session();
  const { images } = session.environment.release;
  const ledger = ledgerOf(session);
  for (const number of [1, 2, 3, 4, 5, 6]) {
    const changed = number === 5 ? { images } : number === 6 ? { result: "failed" as const } : {};
    await recordEntry(ledger, entryOf(`2026112${number}-013427-9f3a`, changed));
  }
  const { status, text } = await seen(session);

  expect(status.running).toMatchObject({ value: { release: "20261125-013427-9f3a" } });
  expect(text.match(/2026112\d-013427-9f3a {2}deployment/g)).toEqual(
    [6, 5, 4, 3, 2].map((number) => `2026112${number}-013427-9f3a  deployment`),
  );
  expect(text).toMatch(/✗ 20261126-013427-9f3a {2}deployment, failed, by somebody@somewhere, /);
});

test("a ledger that cannot be read in part is a warning, with what mends it", async () => {
  await spoilLedger(platform);
  const { status, problems, warnings } = await seen();
  await repairLedger(ledgerOf(platform.session()), new Date());
  const after = await seen();

  expect(problems).toEqual([]);
  expect(status.releases).toMatchObject({ value: [{ id: "later" }] });
  expect(warnings).toEqual([
    "the ledger, read in part: release later, has wave, which this version does not know: mam rollback staging --list --repair",
    expect.stringMatching(/^the ledger, passed over: release cut-off, .*--list --repair$/),
  ]);
  expect(after.warnings).toEqual([]);
});

test("no secret is in what a program reads", async () => {
  const text = JSON.stringify((await seen()).status);
  const { credentials } = platform.cloud;

  for (const secret of [
    ...Object.values(credentials.supplied),
    ...Object.values(credentials.logs),
  ]) {
    expect(text).not.toContain(secret);
  }
});

test("Ctrl-C ends a watch at once, with 130", async () => {
  const variables = Object.entries(platform.variables).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const child = execa("node", ["operations/mam.mjs", "status", "staging", "--watch"], {
    env: Object.fromEntries(variables),
    extendEnv: false,
    reject: false,
  });
  const [screen] = (await once(child.stdout, "data")) as [Buffer];
  const interrupted = performance.now();
  child.kill("SIGINT");
  const { exitCode } = await child;

  expect(screen.toString()).toMatch(/^staging, [^]*staging is well\.\n/);
  expect(exitCode).toBe(130);
  expect(performance.now() - interrupted).toBeLessThan(15_000);
});

test("where nothing was deployed, it says what to do", async () => {
  const empty = await openPlatform();
  const { problems, text } = await seen(empty.session());
  await empty.end();

  expect(problems).toEqual(
    expect.arrayContaining(["nothing is deployed: mam deploy staging", "PostgreSQL is missing"]),
  );
  expect(text).toMatch(/^Runs {7}✗ nothing$/m);
});

test("a look at an environment with six uptime checks is twelve requests to DigitalOcean", async () => {
  const mark = platform.cloud.requestLog.entries().length;
  await seen();

  const asked = platform.cloud.requestLog
    .entries()
    .slice(mark)
    .filter(({ platform: one }) => one === "digitalocean");
  expect(asked).toHaveLength(12);
});
